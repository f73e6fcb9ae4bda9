/** The browser's keyboard commands: what each does with the calls that there are at that moment. */

import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser, own, sendAs } from './browser';
import { listenToCommands } from '../../../entrypoints/background/commands';
import { Dialler } from '../../../entrypoints/background/dialler';
import { engineReaders } from '../../../lib/extension/arguments';
import { remote, serve } from '../../../lib/extension/rpc';
import type { CallId } from '../../../lib/phone/model/ids';
import type { CallView } from '../../../lib/phone/model/snapshot';
import { until } from '../../../scripts/stage/until';
import { engineOf } from './services';
import { active, call, ended, held, ringing, snapshot } from './snapshots';

let calls: readonly CallView[];
let done: unknown[];
let press: (command: string, tab?: { readonly id: number }) => void;

beforeEach(() => {
  fakeBrowser.reset();
  [calls, done] = [[], []];
  Object.assign(fakeBrowser, {
    commands: { onCommand: { addListener: (listener: typeof press) => (press = listener) } },
  });
  Object.assign(fakeBrowser.action, { openPopup: async () => void done.push('open') });
  serve('engine', engineReaders, () =>
    engineOf({
      snapshot: () => snapshot({ calls }),
      answer: (id) => void done.push(['answer', id]),
      mute: (id, muted) => void done.push(['mute', id, muted]),
      hangUp: (id) => void done.push(['hang up', id]),
    }),
  );
  sendAs(own);
  const engine = remote('engine');
  const dialler = new Dialler({
    engine,
    wakeEngine: async () => undefined,
    openPermissionPage: async () => undefined,
    now: () => 0,
    read: async (request) => request,
    waiting: { getValue: async () => null, setValue: async () => undefined },
  });
  const nothing = (): void => undefined;
  const log = { error: nothing, warn: (words: string) => void done.push(words), info: nothing, debug: nothing };
  listenToCommands({ engine, dialler, log, dialText: async (text) => void done.push(['dial', text]) });
});

/** What a press did, as far as it did something. */
async function pressed(command: string, tab?: { readonly id: number }): Promise<unknown> {
  press(command, tab);
  await until('it is done', () => done.length > 0);
  return done.splice(0)[0];
}

const one = (id: string, state: CallView['state'], parts: Partial<CallView> = {}): CallView =>
  call(state, { id: id as CallId, ...parts });

describe('the command', () => {
  it('answers what rings, beside whatever else there is, and else opens the phone', async () => {
    calls = [one('talks', active), one('rings', ringing, { direction: 'in' })];
    expect(await pressed('answer-or-open')).toEqual(['answer', 'rings']);
    calls = [one('calling', ringing), one('over', ended('missed'), { direction: 'in' })];
    expect(await pressed('answer-or-open')).toBe('open');
  });

  it('mutes the call that is not held, and unmutes it', async () => {
    calls = [one('held', held), one('talks', active)];
    expect(await pressed('mute')).toEqual(['mute', 'talks', true]);
    calls = [one('held', held), one('talks', active, { muted: true })];
    expect(await pressed('mute')).toEqual(['mute', 'talks', false]);
  });

  it('hangs up the live call first, then the one that is being made, then the held one', async () => {
    calls = [one('held', held, { direction: 'in' }), one('talks', active)];
    expect(await pressed('hang-up')).toEqual(['hang up', 'talks']);
    calls = [one('held', held, { direction: 'in' }), one('calling', ringing)];
    expect(await pressed('hang-up')).toEqual(['hang up', 'calling']);
    calls = [one('held', held, { direction: 'in' }), one('rings', ringing, { direction: 'in' })];
    expect(await pressed('hang-up')).toEqual(['hang up', 'held']);
  });

  it('calls what is selected on the page, and opens the phone where nothing is', async () => {
    const selected = (text: string): void => {
      Object.assign(fakeBrowser, { scripting: { executeScript: async () => [{ result: text }] } });
    };
    selected(' (415) 555-0102 ');
    expect(await pressed('call-selection', { id: 7 })).toEqual(['dial', expect.stringContaining('(415) 555-0102')]);
    selected('');
    expect(await pressed('call-selection', { id: 7 })).toBe('open');
  });

  it('opens the phone where no engine answers', async () => {
    fakeBrowser.runtime.onMessage.removeAllListeners();
    expect(await pressed('answer-or-open')).toBe('open');
  });
});
