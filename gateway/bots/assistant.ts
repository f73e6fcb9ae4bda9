/** An AI assistant made of tones and canned text, speaking the `ai_conversation` messages of 3.11 of the reference. */

import { randomUUID } from 'node:crypto';
import type { BotKind, BotLine } from '../bot';
import type { Fields } from '../fields';
import { fields, isFields, text } from '../fields';
import { jpegSize } from '../media/jpeg-size';
import { greeting } from '../media/sounds';
import { pickUp } from './listeners';

const TOOL_MS = 120;

export const assistant: BotKind = {
  number: '15',
  e164: '+14155550115',
  name: 'Assistant',
  does: 'An assistant: greets, sends its words as text while it speaks, answers what you type and tells the size of a picture, calls a tool when you write "weather", runs its own for "tide".',
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
      const seen = picturesOf(item).map(describe);
      send(line, { type: 'conversation.item.created', item: { ...item, status: 'completed' } });
      const answer = [...seen, ...(said === '' ? [] : [`You wrote: ${said}`])].join(' ');
      if (/tide/i.test(said)) return runTool(line);
      if (!/weather/i.test(said)) return speak(line, answer);
      callTool(line, 'get_weather', '{"city":"Lisbon"}');
      return undefined;
    }
    case 'function_call_output':
      return speak(line, `The tool says: ${text(item, 'output') ?? 'nothing'}`);
    default:
      return undefined;
  }
}

/** For the client to run; gives the id that its output is to name. */
function callTool(line: BotLine, name: string, args: string): string {
  const call_id = randomUUID();
  const item = { id: randomUUID(), type: 'function_call', call_id, name, arguments: args };
  send(line, { type: 'conversation.item.created', item });
  return call_id;
}

/** A tool of the server's own: it tells its end itself. */
async function runTool(line: BotLine): Promise<void> {
  const call_id = callTool(line, 'read_tides', '{"harbour":"Lisbon"}');
  await line.wait(TOOL_MS);
  const item = { id: randomUUID(), type: 'function_call_output', call_id, output: '14:30', status: 'completed' };
  send(line, { type: 'conversation.item.created', item });
  await speak(line, 'High tide is at 14:30.');
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

function partsOf(item: Fields): readonly Fields[] {
  const content: unknown = item['content'];
  return Array.isArray(content) ? content.filter(isFields) : [];
}

function wordsOf(item: Fields): string {
  return partsOf(item)
    .map((part) => text(part, 'text') ?? '')
    .join(' ')
    .trim();
}

/** The addresses of the pictures: `{type: "image_url", image_url: {url}}`. */
function picturesOf(item: Fields): readonly string[] {
  return partsOf(item)
    .filter((part) => text(part, 'type') === 'image_url')
    .map((part) => text(fields(part, 'image_url'), 'url') ?? '');
}

function describe(url: string): string {
  const size = jpegSize(url);
  if (size !== null) return `I see a picture of ${size.width} by ${size.height} pixels.`;
  return url.startsWith('data:') ? 'I cannot read this picture.' : 'I open no addresses.';
}

function send(line: BotLine, params: Fields): void {
  line.services.converse(line.peer, params);
}
