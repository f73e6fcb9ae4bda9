/** The keyboard commands that the browser passes on (ui-spec 10). */

import { browser } from 'wxt/browser';
import type { EngineApi } from '../../lib/extension/contract';
import type { Remote } from '../../lib/extension/rpc';
import { openPopup } from '../../lib/extension/toolbar-popup';
import type { CallView } from '../../lib/phone/model/snapshot';
import type { Log } from '../../lib/phone/ports';
import { isHeld, isRinging } from './badge';
import type { Dialler } from './dialler';
import { selectionIn } from './tab';
import { walkNumbers } from './walk';

export interface CommandPorts {
  readonly engine: Remote<EngineApi>;
  readonly dialler: Dialler;
  readonly log: Log;
  dialText(text: string): Promise<void>;
}

/** Must be called on the first tick. */
export function listenToCommands(ports: CommandPorts): void {
  browser.commands.onCommand.addListener((command, tab) => {
    run(command, tab?.id, ports).catch((thrown: unknown) => {
      ports.log.warn('a keyboard command failed', { command, thrown: String(thrown) });
    });
  });
}

async function run(command: string, tab: number | undefined, ports: CommandPorts): Promise<void> {
  switch (command) {
    case 'answer-or-open':
      return answerOrOpen(ports);
    case 'mute':
      return toggleMute(ports);
    case 'hang-up':
      return hangUp(ports);
    case 'next-number':
      return tab === undefined ? undefined : walkNumbers(tab);
    case 'call-selection': {
      const text = tab === undefined ? '' : await selectionIn(tab);
      return text === '' ? openPopup() : ports.dialText(text);
    }
    default:
      return undefined;
  }
}

async function answerOrOpen({ engine, dialler }: CommandPorts): Promise<void> {
  const ringing = (await callsOf(engine)).find(isRinging);
  if (ringing === undefined) await openPopup();
  else await dialler.answer(ringing.id);
}

async function toggleMute({ engine }: CommandPorts): Promise<void> {
  const call = (await callsOf(engine)).find(isLive);
  if (call !== undefined) await engine.mute(call.id, !call.muted);
}

async function hangUp({ engine }: CommandPorts): Promise<void> {
  const calls = await callsOf(engine);
  const call = calls.find(isLive) ?? calls.find((one) => one.direction === 'out') ?? calls.find(isHeld);
  if (call !== undefined) await engine.hangUp(call.id);
}

function isLive(call: CallView): boolean {
  return call.state.phase === 'active' && !call.state.held;
}

/** Calls that have not ended; none where there is no engine. */
async function callsOf(engine: Remote<EngineApi>): Promise<readonly CallView[]> {
  const snapshot = await engine.snapshot().catch(() => null);
  return (snapshot?.calls ?? []).filter((call) => call.state.phase !== 'ended');
}
