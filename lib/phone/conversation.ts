/** What an AI assistant and the person say, as lines: gathered from `ai_conversation` messages, in whatever form they come. */

import type { Call } from './call';
import { fields, firstStr, list, optStr, type Fields } from './dialects/fields';
import type { TranscriptLine } from './model/snapshot';

export interface ConversationOptions {
  newId(): string;
  now(): number;
  /** The call that the conversation belongs to; the messages name none. */
  call(): Call | null;
}

const LONGEST_LINE = 8000;
const MOST_LINES = 500;
/** Every snapshot carries them. */
const MOST_PICTURES = 5;

type Who = TranscriptLine['who'];

export class Conversation {
  readonly #options: ConversationOptions;
  readonly #lines = new Map<Call, TranscriptLine[]>();
  /** The lines of tools that run, by the `call_id` that their outputs will name. */
  readonly #tools = new Map<string, string>();

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  /** Never throws: a message that is not understood changes nothing. */
  hear(params: unknown): void {
    const call = this.#options.call();
    if (!call) return;
    const message = fields(params);
    const type = optStr(message, 'type') ?? '';
    if (type.endsWith('.delta')) this.#grow(call, message, type);
    else if (type.endsWith('.done') || type.endsWith('.completed')) this.#complete(call, message, type);
    else if (type === 'conversation.item.created' || type === 'conversation.item.create')
      this.#item(call, fields(message['item']));
  }

  /** A line of the person's own, as it was sent, with small copies of its pictures. */
  typed(call: Call, id: string, text: string, previews: readonly string[] = []): void {
    const pictures = previews.length === 0 ? {} : { pictures: previews };
    this.#put(call, { id, who: 'person', text, final: true, typed: true, at: this.#options.now(), ...pictures });
  }

  /** A line of somebody else in the call, who wrote it. */
  written(call: Call, name: string | null, text: string): void {
    const { newId, now } = this.#options;
    const from = name === null ? {} : { name };
    this.#put(call, { id: newId(), who: 'other', ...from, text, final: true, typed: true, at: now() });
  }

  #grow(call: Call, message: Fields, type: string): void {
    const delta = firstStr(message, 'delta', 'text', 'transcript');
    if (delta === null) return;
    const who = speaker(type);
    const id = this.#idOf(call, message, who);
    const before = this.#linesOf(call).find((line) => line.id === id);
    const text = (before?.text ?? '') + delta;
    this.#put(call, { id, who, text, final: false, typed: false, at: before?.at ?? this.#options.now() });
  }

  #complete(call: Call, message: Fields, type: string): void {
    const who = speaker(type);
    const id = this.#idOf(call, message, who);
    const before = this.#linesOf(call).find((line) => line.id === id);
    const text = firstStr(message, 'text', 'transcript') ?? before?.text;
    if (text === undefined) return;
    if (who === 'assistant') this.#settleTools(call);
    this.#put(call, { id, who, text, final: true, typed: false, at: before?.at ?? this.#options.now() });
  }

  /** The talk went on: what never told its end is over. */
  #settleTools(call: Call): void {
    for (const line of this.#linesOf(call))
      if (line.who === 'tool' && !line.final) this.#put(call, { ...line, final: true });
  }

  #item(call: Call, item: Fields): void {
    const id = optStr(item, 'id') ?? this.#options.newId();
    const type = optStr(item, 'type');
    if (type === 'function_call') return this.#toolRuns(call, id, item);
    if (type === 'function_call_output' && this.#toolDone(call, item)) return;
    const tool = type === 'function_call_output';
    const text = tool
      ? firstStr(item, 'name', 'output')
      : list(item['content'])
          .map((part) => firstStr(fields(part), 'text', 'transcript') ?? '')
          .join(' ')
          .trim();
    if (!text) return;
    const before = this.#linesOf(call).find((line) => line.id === id);
    const who: Who = tool ? 'tool' : optStr(item, 'role') === 'user' ? 'person' : 'assistant';
    const told = { typed: false, at: this.#options.now(), ...before };
    this.#put(call, { ...told, id, who, text, final: true });
  }

  /** `{type: "function_call", call_id, name}`: it runs until an output names the same `call_id`. */
  #toolRuns(call: Call, id: string, item: Fields): void {
    const text = optStr(item, 'name');
    if (!text) return;
    const callId = optStr(item, 'call_id');
    if (callId !== null) this.#tools.set(callId, id);
    this.#put(call, { id, who: 'tool', text, final: false, typed: false, at: this.#options.now() });
  }

  /** False where nobody knows which tool that was. */
  #toolDone(call: Call, item: Fields): boolean {
    const callId = optStr(item, 'call_id') ?? '';
    const id = this.#tools.get(callId);
    const runs = this.#linesOf(call).find((line) => line.id === id);
    if (runs === undefined) return false;
    this.#tools.delete(callId);
    const failed = ['failed', 'incomplete'].includes(optStr(item, 'status') ?? '');
    const tookMs = Math.max(0, this.#options.now() - runs.at);
    this.#put(call, { ...runs, final: true, tool: { tookMs, failed } });
    return true;
  }

  /** Deltas that name no item belong to the unfinished line of the same speaker. */
  #idOf(call: Call, message: Fields, who: Who): string {
    const named = firstStr(message, 'item_id', 'response_id', 'call_id');
    if (named !== null) return `${named}`;
    const open = this.#linesOf(call).findLast((line) => line.who === who && !line.final);
    return open?.id ?? this.#options.newId();
  }

  #linesOf(call: Call): readonly TranscriptLine[] {
    return this.#lines.get(call) ?? [];
  }

  #put(call: Call, line: TranscriptLine): void {
    const lines = [...this.#linesOf(call)];
    const shortened = { ...line, text: line.text.slice(0, LONGEST_LINE) };
    const index = lines.findIndex(({ id }) => id === line.id);
    if (index >= 0) lines[index] = shortened;
    else lines.push(shortened);
    const kept = withNewestPictures(lines.slice(-MOST_LINES));
    this.#lines.set(call, kept);
    call.setTranscript(kept);
    if (!call.alive) this.#lines.delete(call);
  }
}

function withNewestPictures(lines: readonly TranscriptLine[]): TranscriptLine[] {
  let left = MOST_PICTURES;
  return lines
    .toReversed()
    .map(({ pictures = [], ...line }) => {
      const kept = pictures.slice(0, left);
      left -= kept.length;
      return kept.length === 0 ? line : { ...line, pictures: kept };
    })
    .toReversed();
}

function speaker(type: string): Who {
  if (type.includes('input_audio')) return 'person';
  return type.includes('function_call') ? 'tool' : 'assistant';
}
