/** A line that was lost comes back: when it tries, how often, and what keeps it away. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { PhoneError } from '../../lib/phone/model/errors';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { session } from '../fakes/line-state';
import { LINE, stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('tries within a quarter of a second, then ever more seldom, and gives up after the attempts it was given', async () => {
    const play = stage({ options: { maxReconnectAttempts: 4 } });
    await play.pass();
    play.platform.socketError = new PhoneError('unreachable');
    const waits: number[] = [];
    play.phone.events.on('change', () => {
      const state = session(play);
      if (state.phase === 'waiting' && waits[state.attempt - 1] === undefined)
        waits[state.attempt - 1] = state.retryAt - Date.now();
    });
    play.server.socket.drop();
    await play.pass(60_000);
    expect(waits).toEqual([125, 1000, 2000, 4000]);
    expect(session(play)).toMatchObject({
      phase: 'stopped',
      because: { reason: 'reconnect-exhausted', facts: { attempts: 4, last: 'unreachable' } },
    });
    play.platform.socketError = null;
    play.phone.retry(LINE);
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('starts counting anew only once it was registered again', async () => {
    const play = stage();
    await play.pass();
    play.server.saysReady = false;
    play.server.socket.drop();
    await play.pass(130);
    play.server.socket.drop();
    await play.pass();
    expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 2 });
    play.server.saysReady = true;
    await play.pass(1000);
    expect(session(play).phase).toBe('ready');
    play.server.socket.drop();
    await play.pass();
    expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 1 });
  });

  it('cuts the longest wait short when the browser says that it is online', async () => {
    const play = stage({ options: { maxReconnectAttempts: 0 } });
    await play.pass();
    play.platform.socketError = new PhoneError('unreachable');
    play.server.socket.drop();
    await play.pass(70_000);
    const state = session(play);
    if (state.phase !== 'waiting') throw new Error(`it is ${state.phase}`);
    expect(state.retryAt - Date.now()).toBeGreaterThan(10_000);
    play.platform.socketError = null;
    play.platform.setOnline(true);
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('waits out a missing network without using up its attempts, and comes back the moment it is there', async () => {
    const play = stage({ options: { maxReconnectAttempts: 2 } });
    await play.pass();
    play.platform.setOnline(false);
    play.server.socket.drop();
    await play.pass(300_000);
    expect(session(play)).toMatchObject({ phase: 'waiting', because: { reason: 'offline' } });
    play.platform.setOnline(true);
    await play.pass();
    expect(session(play).phase).toBe('ready');
  });

  it('stays away where reconnecting is off', async () => {
    const play = stage({ options: { autoReconnect: false } });
    await play.pass();
    play.server.socket.drop();
    await play.pass(60_000);
    expect(session(play)).toMatchObject({ phase: 'stopped', because: { reason: 'disconnected' } });
    expect(play.platform.sockets).toHaveLength(1);
  });

  it('does not fight over the account: after a punt it waits for the person, and the call lives on its sound', async () => {
    const play = stage({ options: { keepConnectionAliveOnSocketClose: true } });
    const { leg } = await play.talk();
    play.server.tell('punt', {});
    await play.pass(60_000);
    expect(session(play)).toEqual({ phase: 'stopped', because: { reason: 'taken-over', facts: {} } });
    expect(play.platform.sockets).toHaveLength(1);
    expect(play.call()).toMatchObject({ state: { phase: 'active' }, signalling: 'lost' });
    play.server.reattached = [leg];
    play.phone.takeOver(LINE);
    await play.pass();
    expect(play.server.last('login')).toMatchObject({ sessid: 'session-1' });
    expect(play.call()).toMatchObject({ state: { phase: 'active' }, signalling: 'up' });
  });

  it('gives every request an end when the socket goes', async () => {
    const play = stage();
    const { id } = await play.talk();
    play.server.reply('modify', () => null);
    const holding = play.phone.hold(id, true);
    const failed = expect(holding).rejects.toMatchObject({ reason: 'hold-failed' });
    await play.pass();
    play.server.socket.drop();
    await play.pass();
    await failed;
  });
});

it('counts on where the socket opens and the account is not registered', async () => {
  const play = stage();
  await play.pass();
  play.server.gatewayStates = ['TRYING', 'TRYING'];
  play.server.socket.drop();
  await play.pass(130);
  expect(play.server.heard().at(-1)).toBe('gatewayState');
  play.server.socket.drop();
  await play.pass();
  expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 2 });
  await play.pass(1000);
  play.server.socket.drop();
  await play.pass();
  expect(session(play)).toMatchObject({ phase: 'waiting', attempt: 3 });
});
