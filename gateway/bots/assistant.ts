/** An AI assistant made of tones and canned text, speaking the `ai_conversation` messages of 3.11 of the reference. */

import { randomUUID } from 'node:crypto';
import type { BotKind, BotLine } from '../bot';
import type { Fields } from '../fields';
import { isFields, text } from '../fields';
import { greeting } from '../media/sounds';
import { pickUp } from './listeners';

export const assistant: BotKind = {
  number: '15',
  e164: '+14155550115',
  name: 'Assistant',
  does: 'An assistant: greets, sends its words as text while it speaks, answers what you type, calls a tool when you write "weather".',
  async play(line) {
    await pickUp(line);
    send(line, { type: 'conversation.created', conversation: { id: randomUUID() } });
    await speak(line, 'Hello, this is the test assistant. What can I do for you?');
    for (;;) await reply(line, await line.nextItem());
  },
};

async function reply(line: BotLine, item: Fields): Promise<void> {
  switch (text(item, 'type')) {
    case 'message': {
      const said = wordsOf(item);
      send(line, { type: 'conversation.item.created', item: { ...item, status: 'completed' } });
      if (!/weather/i.test(said)) return speak(line, `You wrote: ${said}`);
      const call = {
        id: randomUUID(),
        type: 'function_call',
        call_id: randomUUID(),
        name: 'get_weather',
        arguments: '{"city":"Lisbon"}',
      };
      send(line, { type: 'conversation.item.created', item: call });
      return undefined;
    }
    case 'function_call_output':
      return speak(line, `The tool says: ${text(item, 'output') ?? 'nothing'}`);
    default:
      return undefined;
  }
}

/** The transcript grows word by word, as speech recognition's does, and ends with the whole sentence. */
async function speak(line: BotLine, sentence: string): Promise<void> {
  const item_id = randomUUID();
  line.say(greeting);
  for (const word of sentence.split(' ')) {
    send(line, { type: 'response.text.delta', item_id, delta: `${word} ` });
    await line.wait(20);
  }
  send(line, { type: 'response.text.done', item_id, text: sentence });
}

function wordsOf(item: Fields): string {
  const content: unknown = item['content'];
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return parts
    .map((part) => (isFields(part) ? (text(part, 'text') ?? '') : ''))
    .join(' ')
    .trim();
}

function send(line: BotLine, params: Fields): void {
  line.services.converse(line.peer, params);
}
