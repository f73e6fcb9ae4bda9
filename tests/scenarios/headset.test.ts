/** Plays of a headset: its buttons move the calls of a whole phone, and its lamps follow them. Only the browser's door is played. */

import { afterEach, expect, it, vi } from 'vitest';
import { fakeBrowser, contentScript, ownTab } from '../unit/extension/browser';
import { attachHeadsets } from '../../lib/extension/headset-buttons';
import type { HeadsetsShown } from '../../lib/extension/headset-stream';
import { createLog } from '../../lib/extension/log';
import { PhoneError } from '../../lib/phone/model/errors';
import type { CallId } from '../../lib/phone/model/ids';
import { BLACKWIRE, CHROMEOS, FakeHeadset, FakeHid, GIGASET, JABRA_LIKE } from '../fakes/headset';
import { gatewayStage, waitUntil } from '../fakes/gateway-stage';
import { stage, type Stage, type StageOptions } from '../fakes/stage';

vi.spyOn(console, 'info').mockImplementation(() => undefined);
vi.spyOn(console, 'warn').mockImplementation(() => undefined);
afterEach(() => {
  vi.useRealTimers();
});

/** Bits of {@link JABRA_LIKE}. */
const [OFF_HOOK, MUTED, RING, HOLD] = [1, 2, 4, 8];
const [HOOK, MUTE, FLASH, REJECT] = [1, 4, 8, 64];

interface Play extends Stage {
  readonly headset: FakeHeadset;
  readonly hid: FakeHid;
  readonly asked: string[];
  /** A page of ours begins to follow; what it is shown, newest last. */
  page(sender?: typeof ownTab): { readonly shown: HeadsetsShown[]; ask(what: unknown): void; leave(): void };
  press(...reports: readonly (readonly [number, ...number[]])[]): Promise<void>;
  /** A call rings. */
  rings(leg?: string): Promise<CallId>;
}

async function play(headset = jabra(), options: StageOptions = {}): Promise<Play> {
  let accept: (port: unknown) => void = () => undefined;
  Object.assign(fakeBrowser.runtime, { onConnect: { addListener: (listener: typeof accept) => (accept = listener) } });
  const theatre = stage(options);
  const hid = new FakeHid(headset);
  const asked: string[] = [];
  const askForMicrophone = (): Promise<void> => {
    asked.push('microphone');
    return Promise.resolve();
  };
  const buttons = attachHeadsets({ phone: theatre.phone, log: createLog('headset'), askForMicrophone, hid });
  theatre.phone.events.on('change', (snapshot) => buttons.follow(snapshot));
  await theatre.pass();
  return {
    ...theatre,
    headset,
    hid,
    asked,
    page(sender = ownTab) {
      const shown: HeadsetsShown[] = [];
      const told: ((message: unknown) => void)[] = [];
      const left: (() => void)[] = [];
      accept({
        name: 'headsets',
        sender,
        postMessage: (message: HeadsetsShown) => shown.push(message),
        onMessage: { addListener: (listener: (message: unknown) => void) => told.push(listener) },
        onDisconnect: { addListener: (listener: () => void) => left.push(listener) },
      });
      return {
        shown,
        ask: (what) => told.forEach((listener) => listener(what)),
        leave: () => left.forEach((listener) => listener()),
      };
    },
    async press(...reports) {
      for (const [id, ...bytes] of reports) headset.reports(id, ...bytes);
      await theatre.pass();
    },
    async rings(leg = 'leg-in') {
      theatre.server.invite(leg);
      await theatre.pass();
      return theatre.call().id;
    },
  };
}

/** It has a hook of its own, and confirms what it is told of it. */
function jabra(): FakeHeadset {
  const headset = new FakeHeadset(JABRA_LIKE, 'Evolve');
  let hook = 0;
  headset.habit = ([, lamps = 0]) => {
    if ((lamps & OFF_HOOK) === hook) return;
    hook = lamps & OFF_HOOK;
    headset.reports(2, hook, 0);
  };
  return headset;
}

it('answers, mutes and hangs up at its buttons, and its lamps follow', async () => {
  const { headset, press, rings, call, platform, server, pass, ended } = await play();
  expect(headset.opened).toBe(false);
  await rings();
  expect(headset.news()).toEqual([[2, RING, 0]]);

  await press([2, HOOK, 0]);
  expect(call().state.phase).toBe('connecting');
  expect(server.last('answer')).toMatchObject({ dialogParams: { callID: 'leg-in' } });
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK, 0]);
  platform.peer.flows();
  await pass();

  await press([2, HOOK | MUTE, 0], [2, HOOK, 0]);
  expect(call().muted).toBe(true);
  expect(platform.peer.muted).toBe(true);
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK | MUTED, 0]);
  await pass(1000);
  await press([2, HOOK | MUTE, 0], [2, HOOK, 0]);
  expect(call().muted).toBe(false);
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK, 0]);

  await press([2, 0, 0]);
  expect(ended).toMatchObject([{ cause: { kind: 'hung-up-here' } }]);
  expect(headset.news().at(-1)).toEqual([2, 0, 0]);
  expect(headset).toMatchObject({ opened: false, listeners: 0 });
});

it('shows what was done elsewhere, and takes its own confirmations for no press', async () => {
  const { headset, phone, rings, call, pass, platform } = await play();
  const id = await rings();
  await Promise.all([phone.answer(id), pass()]);
  platform.peer.flows();
  await pass();
  phone.mute(id, true);
  await pass();
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK | MUTED, 0]);
  await Promise.all([phone.hold(id, true), pass()]);
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK | MUTED | HOLD, 0]);
  expect(call().state).toMatchObject({ phase: 'active', held: true });
  phone.hangUp(id);
  await pass();
  expect(headset.news().at(-1)).toEqual([2, 0, 0]);
});

it('takes a second call, holds the first, and goes back to it', async () => {
  const { headset, press, talk, rings, call, phone, platform, pass } = await play();
  const { id: first } = await talk();
  const second = await rings();
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK | RING, 0]);

  await press([2, 0, 0]);
  platform.peers.at(-1)?.flows();
  await pass();
  const now = () => Object.fromEntries(phone.snapshot().calls.map(({ id, state }) => [id, state]));
  expect(now()).toMatchObject({ [first]: { held: true }, [second]: { phase: 'active', held: false } });
  // It had put its hook down: it is told to lift it again.
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK, 0]);

  await press([2, HOOK | FLASH, 0], [2, HOOK, 0]);
  expect(now()).toMatchObject({ [first]: { held: false }, [second]: { held: true } });
  await press([2, 0, 0]);
  expect(now()[first]).toMatchObject({ phase: 'ended', cause: { kind: 'hung-up-here' } });
  expect(call().state).toMatchObject({ phase: 'active', held: true });
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK | HOLD, 0]);
});

it('declines the call that rings, and nothing else', async () => {
  const { press, rings, talk, ended } = await play();
  await rings();
  await press([2, REJECT, 0], [2, 0, 0]);
  expect(ended).toMatchObject([{ cause: { kind: 'declined-here' } }]);
  await talk();
  await press([2, HOOK | REJECT, 0], [2, HOOK, 0]);
  expect(ended).toHaveLength(1);
});

it('mutes everybody in a conference, and leaves it', async () => {
  const { press, talk, phone, pass, ended } = await play();
  const one = await talk();
  const other = await talk('+15550101');
  await Promise.all([phone.merge([one.id, other.id]), pass()]);
  await press([2, HOOK | MUTE, 0], [2, HOOK, 0]);
  expect(phone.snapshot().calls.map(({ muted }) => muted)).toEqual([true, true]);
  await press([2, 0, 0]);
  expect(ended).toHaveLength(2);
});

it('rings on where the microphone was never allowed, and asks for it', async () => {
  const { headset, press, rings, call, platform, asked } = await play();
  await rings();
  platform.microphoneError = new PhoneError('microphone-prompt');
  headset.news();
  await press([2, HOOK, 0]);
  expect(asked).toEqual(['microphone']);
  expect(call().state.phase).toBe('ringing');
  expect(headset.news().at(-1)).toEqual([2, RING, 0]);
});

it('rings no more once the person silenced the call, and still answers it', async () => {
  const { headset, phone, press, rings, call, pass } = await play();
  const id = await rings();
  phone.silence(id);
  await pass();
  expect(headset.news().at(-1)).toEqual([2, 0, 0]);
  await press([2, HOOK, 0]);
  expect(call().state.phase).toBe('connecting');
});

it('stays dark and closed while the person does not want to be disturbed, and with no call', async () => {
  const { headset, rings, press } = await play(jabra(), { settings: { doNotDisturbUntil: -1 } });
  await rings();
  expect(headset.news()).toEqual([]);
  expect(headset.opened).toBe(false);
  await press([2, HOOK, 0]);
  expect(headset.news()).toEqual([]);
});

it('loses no call with a headset that goes, and shows it to the one that comes', async () => {
  const { headset, hid, talk, phone, call, pass } = await play();
  const { id } = await talk();
  phone.mute(id, true);
  await pass();
  headset.dead = true;
  phone.mute(id, false);
  await pass();
  hid.pullOut(headset);
  await pass();
  expect(call().state.phase).toBe('active');
  expect(headset.listeners).toBe(0);

  const again = new FakeHeadset(BLACKWIRE, 'Blackwire', 2);
  hid.plugIn(again);
  await pass();
  expect(again.news()).toEqual([
    [23, 1],
    [9, 0],
    [24, 0],
  ]);
  again.reports(8, 0b011);
  await pass();
  expect(call().muted).toBe(true);
  expect(again.news()).toContainEqual([9, 1]);
});

it('says that another program has it, and is there for the next call', async () => {
  const headset = jabra();
  headset.taken = true;
  const { page, rings, phone, pass } = await play(headset);
  const { shown } = page();
  const id = await rings();
  expect(shown.at(-1)?.headsets).toMatchObject([{ name: 'Evolve', state: 'refused' }]);
  headset.taken = false;
  phone.decline(id);
  await pass();
  await rings('leg-2');
  expect(shown.at(-1)?.headsets).toMatchObject([{ state: 'open' }]);
  expect(headset.news()).toEqual([[2, RING, 0]]);
});

it('shows a page of ours what is pressed in a test, and does nothing else', async () => {
  const { headset, page, press, phone, hid, pass } = await play();
  const stranger = page({ ...contentScript, tab: { id: 7, active: true } });
  const { shown, ask, leave } = page();
  expect(shown).toEqual([
    {
      headsets: [
        { key: '1234:1:Evolve', name: 'Evolve', state: 'closed', buttons: ['mute', 'flash', 'reject', 'hook'] },
      ],
      heard: null,
    },
  ]);
  ask('test');
  await pass();
  expect(headset.news()).toEqual([[2, OFF_HOOK, 0]]);
  await press([2, HOOK | MUTE, 0], [2, HOOK, 0]);
  expect(shown.at(-1)?.heard).toEqual({ key: '1234:1:Evolve', press: 'mute', count: 1 });
  await press([2, 0, 0]);
  expect(shown.at(-1)?.heard).toMatchObject({ press: 'replaced', count: 2 });
  expect(headset.news().at(-1)).toEqual([2, OFF_HOOK, 0]);
  expect(phone.snapshot().calls).toEqual([]);

  leave();
  await pass();
  expect(headset.opened).toBe(false);
  // Forgotten in the settings: nothing tells the engine but the page.
  headset.forgotten = true;
  ask('look');
  await pass();
  expect(hid.plugged).toHaveLength(1);
  expect(page().shown).toEqual([{ headsets: [], heard: null }]);
  expect(stranger.shown).toEqual([]);
});

it('lives with a browser that lists nothing', async () => {
  const headset = new FakeHeadset(CHROMEOS);
  const { hid, rings, call } = await play(headset);
  hid.broken = true;
  hid.pullOut(headset);
  await rings();
  expect(call().state.phase).toBe('ringing');
});

it('takes and ends a real call over a real socket, whose hook is a mere button', async () => {
  const { gateway, actor, close } = await gatewayStage();
  try {
    const [alice, bob] = await Promise.all([actor('alice').ready(), actor('bob').ready()]);
    const headset = new FakeHeadset(GIGASET);
    const none = (): Promise<void> => Promise.resolve();
    const log = createLog('headset');
    const buttons = attachHeadsets({ phone: bob.phone, log, askForMicrophone: none, hid: new FakeHid(headset) });
    bob.phone.events.on('change', (snapshot) => buttons.follow(snapshot));
    const extension = gateway.accounts.find(({ user }) => user === 'bob')?.extension ?? '';
    alice.phone.dial({ to: extension });
    await waitUntil('the headset rings', () => (headset.sent.at(-1)?.[1] === RING ? true : null));
    headset.reports(2, HOOK, 0);
    headset.reports(2, 0, 0);
    await Promise.all([alice.phase('active'), bob.phase('active')]);
    await waitUntil('its lamp is lit', () => (headset.sent.at(-1)?.[1] === OFF_HOOK ? true : null));
    headset.reports(2, HOOK, 0);
    headset.reports(2, 0, 0);
    await Promise.all([alice.phase('ended'), bob.phase('ended')]);
    await waitUntil('it is let go', () => (headset.opened ? null : true));
    expect(headset.sent.at(-1)).toEqual([2, 0, 0]);
    expect(bob.ended).toMatchObject([{ cause: { kind: 'hung-up-here' } }]);
  } finally {
    await close();
  }
});
