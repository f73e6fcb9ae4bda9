/** A conversation in words: what the assistant does now, what is read aloud, and the transcript as plain text. Pure. */

import { t } from '../../../lib/extension/i18n';
import type { CallView, TranscriptLine } from '../../../lib/phone/model/snapshot';
import type { Picture } from './picture';

/** Typed while the server was away. */
export interface Unsent {
  readonly text: string;
  readonly picture: Picture | null;
}

type Said = Pick<TranscriptLine, 'who' | 'name' | 'text' | 'pictures'>;

/** It speaks while its last line is not finished. */
export function isSpeaking(transcript: readonly TranscriptLine[]): boolean {
  const last = transcript.at(-1);
  return last !== undefined && last.who === 'assistant' && !last.final;
}

/** Are lines read by the screen reader? As the person chose; else while no voice is heard that would speak over it. */
export function isReadAloud(chosen: boolean | null, call: Pick<CallView, 'sound'>): boolean {
  return chosen ?? call.sound !== 'flowing';
}

export function speakerOf(line: Pick<TranscriptLine, 'who' | 'name'>, assistant: string): string {
  if (line.who === 'assistant') return assistant;
  if (line.who === 'other') return line.name ?? assistant;
  return line.who === 'person' ? t('person_you') : t('assistant_action');
}

/** One line with its speaker before it. */
export function spokenOf(line: Said, assistant: string): string {
  const pictures = (line.pictures ?? []).map(() => t('assistant_picture'));
  const words = [...pictures, ...(line.text === '' ? [] : [line.text])].join(t('list_separator'));
  return `${speakerOf(line, assistant)}: ${words === '' ? t('assistant_picture') : words}`;
}

/** One line each; unfinished lines are left out. */
export function plainText(transcript: readonly TranscriptLine[], assistant: string): string {
  return transcript
    .filter(({ final }) => final)
    .map((line) => spokenOf(line, assistant))
    .join('\n');
}
