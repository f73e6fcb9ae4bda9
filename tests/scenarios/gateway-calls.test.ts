/** Two-party plays and bots over real sockets and real packets, against the gateway's own reading of the protocol. */

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DIALECTS } from '../fakes/dialects';
import { gatewayStage, waitUntil, type Actor, type GatewayStage } from '../fakes/gateway-stage';

/** What the other hears of "decline". */
const DECLINED = {
  telnyx: { kind: 'busy', code: 17 },
  verto: { kind: 'declined-there', code: 21 },
} as const;

describe.each(DIALECTS)('over %s', (dialect) => {
  let stage: GatewayStage;
  let alice: Actor;
  let bob: Actor;

  beforeAll(async () => {
    stage = await gatewayStage({ timing: { slowRingMs: 700 } });
    alice = await stage.over(dialect, 'alice').ready();
    bob = await stage.over(dialect, 'bob', { trickleIce: true }).ready();
  });
  afterAll(async () => {
    await stage.close();
  });

  const leg = (actor: Actor): string => actor.call.legs.id;

  it('calls the echo, hears it, holds, presses keys and hangs up', async () => {
    const id = alice.phone.dial({ to: '1' });
    await alice.phase('active');
    await alice.hearsMore();
    expect(stage.gateway.sessions().map((session) => session.dialect)).toEqual([dialect, dialect]);
    expect(stage.gateway.calls()[0]).toMatchObject({ callId: leg(alice), user: 'alice', direction: 'in', held: false });

    await alice.phone.hold(id, true);
    expect(stage.gateway.calls()[0]).toMatchObject({ held: true });
    expect(alice.call.state).toMatchObject({ held: true });
    await alice.phone.hold(id, false);
    expect(alice.call.state).toMatchObject({ held: false });

    alice.phone.sendDigits(id, '12#');
    await alice.until('the digits are sent', ({ calls }) => calls.at(-1)?.digitsSent === '12#');
    expect(stage.gateway.calls()[0]?.digits.join('')).toBe('12#');

    alice.phone.hangUp(id);
    await waitUntil(
      'the gateway knows',
      () => stage.gateway.calls().find(({ callId }) => callId === leg(alice))?.cause ?? null,
    );
    expect(stage.gateway.calls().find(({ callId }) => callId === leg(alice))).toMatchObject({
      causeCode: 16,
      endedBy: 'client',
    });
  });

  it.each([
    ['3', 'busy', 17, 486],
    ['12', 'declined-there', 21, 603],
    ['13', 'no-such-number', 1, 404],
  ])('ends a call to %s as %s', async (to, kind, code, sipCode) => {
    alice.phone.dial({ to });
    const { state } = await alice.phase('ended');
    // A FreeSWITCH tells no SIP code.
    expect(state).toMatchObject({ cause: { kind, code, sipCode: dialect === 'telnyx' ? sipCode : null } });
  });

  it.each([['7'], ['8'], ['14'], ['+14155559999']])('reaches %s, however it answers', async (to) => {
    const id = alice.phone.dial({ to });
    await alice.phase('active');
    await alice.hearsMore();
    alice.phone.hangUp(id);
    await alice.phase('ended');
  });

  it('hears the ringing of the server before it answers', async () => {
    const patient = await gatewayStage({ timing: { slowRingMs: 60_000 } });
    try {
      const carol = await patient.over(dialect, 'carol').ready();
      const id = carol.phone.dial({ to: '7' });
      await carol.until('early media', ({ calls }) => {
        const state = calls.at(-1)?.state;
        return state?.phase === 'ringing' && state.earlyMedia;
      });
      await carol.hearsMore();
      carol.phone.hangUp(id);
      await carol.phase('ended');
    } finally {
      await patient.close();
    }
  });

  it('calls another person, who answers, and both hear', async () => {
    alice.phone.dial({ to: '202', name: 'Bob' });
    await bob.phase('ringing');
    expect(bob.call).toMatchObject({ direction: 'in', who: { name: 'Alice', number: '+14155550201' } });
    await bob.phone.answer(bob.call.id);
    await Promise.all([alice.phase('active'), bob.phase('active')]);
    await Promise.all([alice.hearsMore(), bob.hearsMore()]);
    bob.phone.hangUp(bob.call.id);
    const { state } = await alice.phase('ended');
    expect(state).toMatchObject({ cause: { kind: 'hung-up-there' } });
  });

  it('declines, and the other is told', async () => {
    alice.phone.dial({ to: '202' });
    await bob.phase('ringing');
    bob.phone.decline(bob.call.id);
    const { state } = await alice.phase('ended');
    expect(state).toMatchObject({ cause: DECLINED[dialect] });
  });

  it('gives up before the answer, and the other has missed a call', async () => {
    const id = alice.phone.dial({ to: '202' });
    await bob.phase('ringing');
    alice.phone.hangUp(id);
    const { state } = await bob.phase('ended');
    expect(state).toMatchObject({ cause: { kind: 'missed', code: 487 } });
  });

  it('passes a call on, blind', async () => {
    const id = alice.phone.dial({ to: '202' });
    await bob.phase('ringing');
    await bob.phone.answer(bob.call.id);
    await Promise.all([alice.phase('active'), bob.phase('active')]);
    await alice.phone.transfer(id, '2');
    const { state } = await alice.phase('ended');
    expect(state).toMatchObject({ cause: { kind: 'transferred' } });
    await bob.hearsMore(25);
    expect(bob.call.state.phase).toBe('active');
    bob.phone.hangUp(bob.call.id);
    await bob.phase('ended');
  });

  it('connects the two others and leaves', async () => {
    const first = alice.phone.dial({ to: '16' });
    await alice.phase('active');
    const second = alice.phone.dial({ to: '17' });
    await alice.phase('active');
    await alice.until('the first is held', ({ calls }) =>
      calls.some(({ id, heldSince }) => id === first && heldSince !== null),
    );
    await alice.phone.connect(first, second);
    await alice.until('both ended', ({ calls }) =>
      [first, second].every((id) => calls.find((call) => call.id === id)?.state.phase === 'ended'),
    );
    expect(alice.ended.slice(-2).map(({ cause }) => cause.kind)).toEqual(['transferred', 'transferred']);
  });

  it('is refused with the wrong password, and told nothing more', async () => {
    const mallory = stage.over(dialect, 'alice', { password: 'wrong' });
    const { lines } = await mallory.until('stopped', (snapshot) => snapshot.lines[0]?.session.phase === 'stopped');
    expect(lines[0]?.session).toMatchObject({ because: { reason: 'login-refused' } });
    mallory.phone.close();
  });
});

it('signs in with a token of Telnyx’s', async () => {
  const stage = await gatewayStage();
  onTestFinished(() => stage.close());
  await stage.actor('carol', { login: '', password: '', login_token: stage.gateway.mintToken('carol') }).ready();
  expect(stage.gateway.sessions().filter(({ user, online }) => user === 'carol' && online)).toHaveLength(1);
});
