/** The plays that make sense in both dialects, in both: the phone is one, and only the spelling differs. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { stage, VERTO, type Stage, type StageOptions } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const TRICKLE = { trickleIce: true, keepConnectionAliveOnSocketClose: true };

describe.each([
  ['telnyx', {}],
  ['verto', VERTO],
] as const)('%s', (name, line) => {
  const open = (how: StageOptions = {}): Stage => stage({ ...how, line, options: { ...TRICKLE, ...how.options } });
  const own = name === 'verto';
  const prefix = own ? 'verto.' : 'telnyx_rtc.';

  it('signs in, dials, rings, talks and hangs up, in the protocol’s order', async () => {
    const { phone, platform, server, pass, call, ended } = open();
    await pass();
    expect(phone.snapshot().lines[0]).toMatchObject({ kind: name, session: { phase: 'ready' } });
    const id = phone.dial({ to: '1001', name: 'Dana' });
    await pass();
    const leg = server.leg();
    expect(server.requests('invite')[0]?.method).toBe(`${prefix}invite`);
    expect(server.last('invite')).toMatchObject({ sessid: 'session-1', dialogParams: { destination_number: '1001' } });
    server.rings(leg);
    await pass();
    expect(call().state.phase).toBe('ringing');
    // Where the server tells nothing of the ringing, we make its sound; early media is a sound of the far end's own.
    expect(platform.speaker.now).toBe(own ? 'out' : 'off');
    server.picksUp(leg);
    await pass();
    expect(platform.speaker.now).toBe('off');
    platform.peer.flows();
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active', held: false }, sound: 'flowing', who: { name: 'Dana' } });
    phone.hangUp(id);
    await pass();
    expect(server.last('bye')).toMatchObject({ cause: 'NORMAL_CLEARING', causeCode: 16 });
    expect(server.heard()).toEqual(own ? ['login', 'invite', 'bye'] : ['login', 'gatewayState', 'invite', 'bye']);
    expect(ended).toMatchObject([{ id, cause: { kind: 'hung-up-here' } }]);
    expect(platform.openMicrophones).toEqual([]);
  });

  it('hears early media before an answer without a description', async () => {
    const { phone, platform, server, pass, call } = open();
    await pass();
    phone.dial({ to: '1001' });
    await pass();
    server.media(server.leg());
    platform.peer.flows();
    await pass();
    expect(call().state).toMatchObject({ phase: 'ringing', earlyMedia: true });
    expect(platform.speaker.now).toBe('off');
    server.answer(server.leg());
    await pass();
    expect(call().state.phase).toBe('active');
    expect(platform.peer.asked.filter((verb) => verb === 'accept')).toHaveLength(1);
  });

  it.each([
    ['USER_BUSY', 17, 'busy'],
    ['CALL_REJECTED', 21, 'declined-there'],
    ['UNALLOCATED_NUMBER', 1, 'no-such-number'],
    ['NO_ROUTE_DESTINATION', 3, 'no-such-number'],
    ['NORMAL_TEMPORARY_FAILURE', 41, 'unavailable'],
    ['USER_NOT_REGISTERED', 806, 'unavailable'],
    ['NO_ANSWER', 19, 'no-answer'],
    ['INCOMPATIBLE_DESTINATION', 88, 'failed'],
  ])('ends %s (%i) as %s by a late bye', async (cause, code, kind) => {
    const { phone, server, platform, pass, call } = open();
    await pass();
    phone.dial({ to: '1001' });
    await pass();
    server.bye(server.leg(), cause, code);
    await pass();
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind, code, name: cause } });
    expect(platform.speaker.now).toBe('off');
    expect(server.heard()).not.toContain('bye');
  });

  it('rings, is answered and talks', async () => {
    const { phone, platform, server, pass, call, ended } = open();
    await pass();
    server.invite('leg-in');
    await pass();
    expect(call()).toMatchObject({ direction: 'in', who: { name: 'Ada', number: '+15550123' } });
    expect(platform.speaker.now).toBe('in');
    await Promise.all([phone.answer(call().id), pass()]);
    expect(server.last('answer')).toMatchObject({ sessid: 'session-1', dialogParams: { callID: 'leg-in' } });
    platform.peer.flows();
    await pass();
    expect(call().state.phase).toBe('active');
    server.bye('leg-in');
    await pass();
    expect(ended).toMatchObject([{ cause: { kind: 'hung-up-there' } }]);
  });

  it.each([
    ['ORIGINATOR_CANCEL', 487, 'missed'],
    ['LOSE_RACE', 702, 'answered-elsewhere'],
    ['LOSE_RACE', 502, 'answered-elsewhere'],
    ['NO_ANSWER', 19, 'missed'],
  ])('ends a call that rang here with %s (%i) as %s', async (cause, code, kind) => {
    const { server, pass, ended } = open();
    await pass();
    server.invite('leg-in');
    await pass();
    server.bye('leg-in', cause, code);
    await pass();
    expect(ended).toMatchObject([{ cause: { kind } }]);
  });

  it('declines with a bye of its family', async () => {
    const { phone, server, pass, call } = open();
    await pass();
    server.invite('leg-in');
    await pass();
    phone.decline(call().id);
    await pass();
    const refusal = own ? { cause: 'CALL_REJECTED', causeCode: 21 } : { cause: 'USER_BUSY', causeCode: 17 };
    expect(server.last('bye')).toMatchObject({ ...refusal, dialogParams: { callID: 'leg-in' } });
  });

  it('holds and resumes by the reply alone', async () => {
    const { phone, platform, server, pass, call, talk } = open();
    const { id, leg } = await talk();
    await Promise.all([phone.hold(id, true), pass()]);
    expect(server.last('modify')).toMatchObject({ action: 'hold', dialogParams: { callID: leg } });
    expect(server.last('modify')).not.toHaveProperty('sdp');
    expect(call().state).toMatchObject({ held: true });
    expect(platform.peer.muted).toBe(true);
    await Promise.all([phone.hold(id, false), pass()]);
    expect(call().state).toMatchObject({ held: false });
  });

  it('sends digits by info', async () => {
    const { phone, server, pass, talk } = open();
    const { id } = await talk();
    phone.sendDigits(id, '42#');
    await pass(500);
    expect(server.requests('info').map(({ params }) => params['dtmf'])).toEqual(['4', '2', '#']);
  });

  it('passes a call on, blind and attended', async () => {
    const { phone, server, pass, talk } = open();
    const first = await talk('1001');
    await Promise.all([phone.transfer(first.id, '1002'), pass()]);
    expect(server.last('modify')).toMatchObject({ action: 'transfer', destination: '1002' });
    server.bye(first.leg);
    await pass();
    phone.dismiss(first.id);
    const [second, third] = [await talk('1003'), await talk('1004')];
    await Promise.all([phone.connect(second.id, third.id), pass()]);
    expect(server.last('modify')).toMatchObject({ action: 'replace', replaceCallID: third.leg });
    server.bye(second.leg);
    server.bye(third.leg);
    await pass();
    expect(phone.snapshot().calls.map(({ state }) => state.phase === 'ended' && state.cause.kind)).toEqual([
      'transferred',
      'transferred',
    ]);
  });

  it('tells a transfer that reached nobody from one that went through', async () => {
    const { phone, server, pass, call, talk } = open();
    const { id, leg } = await talk();
    await Promise.all([phone.transfer(id, '7777'), pass()]);
    server.bye(leg, 'NO_ROUTE_DESTINATION', 3);
    await pass();
    expect(call().state).toMatchObject({
      phase: 'ended',
      cause: { kind: 'failed', name: 'NO_ROUTE_DESTINATION', error: { reason: 'transfer-failed' } },
    });
  });

  it('shows who is there now, and no old name beside a new number', async () => {
    const { server, pass, call, talk } = open();
    const { leg } = await talk('1001');
    server.say(`${prefix}display`, { callID: leg, display_name: 'Bob', display_number: '1001' });
    await pass();
    expect(call().who).toEqual({ name: 'Bob', number: '1001' });
    server.say(`${prefix}display`, { callID: leg, display_number: '1002' });
    await pass();
    expect(call().who).toEqual({ name: null, number: '1002' });
  });

  it.each([[1000], [1006], [null]])('comes back with a new peer after a close with %s', async (code) => {
    const { platform, server, pass, call, talk } = open();
    const { id, leg } = await talk();
    server.kept = [{ call: leg, sdp: sdp('server-2') }];
    server.socket.drop(code);
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, signalling: 'lost' });
    await pass(250);
    expect(server.last('login')).toMatchObject({ sessid: 'session-1' });
    expect(server.heard().filter((verb) => verb === 'attach')).toHaveLength(1);
    expect(server.last('attach')).toMatchObject({ sessid: 'session-1', dialogParams: { callID: leg } });
    platform.peer.flows();
    await pass();
    expect(platform.peers.map(({ closed }) => closed)).toEqual([true, false]);
    expect(platform.microphones).toHaveLength(1);
    expect(call()).toMatchObject({ id, state: { phase: 'active' }, signalling: 'up', sound: 'flowing' });
    expect(server.heard()).not.toContain('bye');
  });

  it('stops where it was taken over, and does not fight', async () => {
    const { phone, server, platform, pass } = open();
    await pass();
    server.say(`${prefix}punt`, {});
    await pass(60_000);
    expect(phone.snapshot().lines[0]?.session).toMatchObject({
      phase: 'stopped',
      because: { reason: 'taken-over' },
    });
    expect(platform.sockets).toHaveLength(1);
    expect(server.acknowledged()).not.toContain(`${prefix}punt`);
  });

  it('answers a ping by one of its own', async () => {
    const { server, pass } = open();
    await pass();
    server.say(`${prefix}ping`, { serno: 1 });
    await pass();
    expect(server.heard().at(-1)).toBe('ping');
  });

  it('goes on after messages that make no sense', async () => {
    const { server, pass, call, talk } = open();
    const { leg } = await talk();
    for (const text of ['', 'not json', '[]', 'null', '{"method":5}', '#SPU 12']) server.socket.say(text);
    for (const verb of ['media', 'attach', 'display', 'info', 'event', 'unheard_of'])
      server.say(`${prefix}${verb}`, {});
    server.say(`${prefix}bye`, { callID: 'nobody' });
    server.say(`${own ? 'telnyx_rtc.' : 'verto.'}bye`, { callID: leg });
    await pass();
    expect(call().state.phase).toBe('active');
  });
});
