/** An account of each kind signed in at once: a call on each, hold on one, a transfer on the other. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallId, LineId } from '../../lib/phone/model/ids';
import type { CallView } from '../../lib/phone/model/snapshot';
import { gatewayLine, gatewayStage, type Actor, type GatewayStage } from '../fakes/gateway-stage';
import { settings } from '../fakes/stage';

let stage: GatewayStage;
let desk: Actor;
let carol: Actor;
const TELNYX = 'alice' as LineId;
const OWN = 'bob' as LineId;

beforeAll(async () => {
  stage = await gatewayStage();
  desk = await stage.actor('alice').ready();
  desk.phone.configure(
    settings([gatewayLine(stage.gateway, 'alice'), gatewayLine(stage.gateway, 'bob', { trickleIce: true }, 'verto')]),
  );
  await desk.until('both lines are ready', ({ lines }) =>
    [2, lines.length].every((count) => lines.filter(({ session }) => session.phase === 'ready').length === count),
  );
  carol = await stage.actor('carol').ready();
});
afterAll(async () => {
  await stage.close();
});

const view = (id: CallId): CallView => {
  const call = desk.calls.find((one) => one.id === id);
  if (!call) throw new Error('the call is gone');
  return call;
};
const isActive = (id: CallId, held: boolean) => (): boolean => {
  const { state } = view(id);
  return state.phase === 'active' && state.held === held;
};

it('talks on both, holds one, passes the other on, and the history tells which line', async () => {
  expect(desk.phone.snapshot().lines.map(({ id, kind }) => [id, kind])).toEqual([
    [TELNYX, 'telnyx'],
    [OWN, 'verto'],
  ]);
  const first = desk.phone.dial({ to: '2', line: TELNYX });
  await desk.until('the Telnyx call talks', isActive(first, false));
  const second = desk.phone.dial({ to: '203', line: OWN });
  await carol.phase('ringing');
  expect(carol.call.who.name).toBe('Bob');
  await carol.phone.answer(carol.call.id);
  await desk.until('the FreeSWITCH call talks', isActive(second, false));
  await desk.until('the Telnyx call is held for it', isActive(first, true));
  expect(stage.gateway.calls().map(({ user, held }) => [user, held])).toEqual(
    expect.arrayContaining([
      ['alice', true],
      ['bob', false],
    ]),
  );

  // Two servers: no leg of one can be put into the place of a leg of the other.
  await expect(desk.phone.connect(first, second)).rejects.toMatchObject({ reason: 'unsupported' });

  await desk.phone.transfer(second, '10');
  await desk.until('it is passed on', () => view(second).state.phase === 'ended');
  expect(view(second).state).toMatchObject({ cause: { kind: 'transferred' } });
  await carol.hearsMore(25);
  expect(carol.call.state.phase).toBe('active');

  await desk.phone.hold(first, false);
  await desk.hearsMore();

  const sockets = desk.platform.sockets.length;
  stage.gateway.faults.close({ user: 'bob' });
  await desk.until(
    'the FreeSWITCH line is back',
    ({ lines }) => desk.platform.sockets.length > sockets && lines[1]?.session.phase === 'ready',
  );
  expect(desk.platform.sockets).toHaveLength(sockets + 1);
  expect(desk.phone.snapshot().lines[0]?.session.phase).toBe('ready');
  expect(view(first)).toMatchObject({ state: { phase: 'active' }, signalling: 'up' });
  desk.phone.hangUp(first);
  await desk.until('all is over', () => view(first).state.phase === 'ended');
  expect(desk.ended.map(({ line, cause }) => [line, cause.kind])).toEqual([
    [OWN, 'transferred'],
    [TELNYX, 'hung-up-here'],
  ]);
});

it('rings with another bell for each account, so that the ear knows which is called', async () => {
  const bell = async (user: string, wanted: number): Promise<void> => {
    stage.gateway.call(user, '2');
    const { calls } = await desk.until('it rings', (told) => told.calls.some(({ state }) => state.phase === 'ringing'));
    expect(desk.platform.fakes.speaker.now).toBe('in');
    expect(desk.platform.fakes.speaker.configured?.bell).toBe(wanted);
    const ringing = calls.find(({ state }) => state.phase === 'ringing');
    if (ringing) desk.phone.decline(ringing.id);
    await desk.until('it is over', (told) => told.calls.every(({ state }) => state.phase === 'ended'));
  };
  await bell('bob', 1);
  await bell('alice', 0);
});
