/** A conversation in words: what the assistant does now, and the transcript as plain text. Pure. */

import { t } from '../../../lib/extension/i18n';
import type { TranscriptLine } from '../../../lib/phone/model/snapshot';

/** It speaks while its last line is not finished. */
export function isSpeaking(transcript: readonly TranscriptLine[]): boolean {
  const last = transcript.at(-1);
  return last !== undefined && last.who === 'assistant' && !last.final;
}

export function speakerOf(line: TranscriptLine, assistant: string): string {
  if (line.who === 'assistant') return assistant;
  if (line.who === 'other') return line.name ?? assistant;
  return line.who === 'person' ? t('person_you') : t('assistant_action');
}

/** One line each, the speaker before it; unfinished lines are left out. */
export function plainText(transcript: readonly TranscriptLine[], assistant: string): string {
  return transcript
    .filter(({ final }) => final)
    .map((line) => `${speakerOf(line, assistant)}: ${line.text}`)
    .join('\n');
}
