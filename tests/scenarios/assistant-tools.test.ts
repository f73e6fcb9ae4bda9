/** A tool that the assistant's server runs by itself: when it began, how long it took, and how it ended. */

import { afterEach, expect, it, vi } from 'vitest';
import { stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['completed', false],
  ['failed', true],
])('tells how long a tool ran that %s', async (status, failed) => {
  const anonymous_login = { target_type: 'ai_assistant', target_id: 'assistant-1' };
  const { server, pass, call, talk } = stage({ line: { kind: 'assistant' }, options: { anonymous_login } });
  await talk('');
  const says = (item: object): number =>
    server.say('ai_conversation', { type: 'conversation.item.created', item: { id: 'item-1', ...item } });
  says({ type: 'function_call', call_id: 'run-1', name: 'read_tides', arguments: '{}' });
  await pass(1200);
  expect(call().transcript).toMatchObject([{ who: 'tool', text: 'read_tides', final: false }]);
  says({ type: 'function_call_output', call_id: 'run-1', output: '14:30', status });
  await pass();
  expect(call().transcript).toMatchObject([{ text: 'read_tides', final: true, tool: { tookMs: 1200, failed } }]);
});
