/** What becomes of calls in a real Firefox: passed on, put together, without a path, over a relay. The sidebar lends the voice. */

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../../gateway/gateway';
import { gatewayLine } from '../../../lib/extension/preset';
import { DEFAULTS, type LineOptions } from '../../../lib/extension/stored';
import type { CallView } from '../../../lib/phone/model/snapshot';
import { Client, hangUpAll, pickUp } from '../../gateway/client';
import { TurnServer } from '../../faults/turn';
import { numbers, pageWith } from '../harness/pages';
import { FirefoxActor } from './actor';
import type { Sound } from './ears';
import { patiently } from './patience';
import { SoundCard } from './sound-card';
import { Visit } from './visit';

/** Of the gateway's bots, and of Firefox's own fake microphone. */
const [TONE, CUSTOMER, EXPERT, HUM] = [440, 600, 800, 1_000];
const BOB = 1_300;

let gateway: Gateway;
/** Null where there is no PulseAudio, and none could be installed. */
let sound: SoundCard | null;
let alice: FirefoxActor;

beforeAll(async () => {
  gateway = await startGateway();
  sound = await SoundCard.start();
  alice = await FirefoxActor.open(gateway, sound ? { sound } : {});
  await alice.grant();
  await alice.openSidebar();
});
afterAll(async () => {
  await alice.close();
  await sound?.close();
  await gateway.close();
});
afterEach(async () => {
  gateway.faults.clear();
  await hangUpAll();
  await alice.furniture.closePopup();
  await alice.endCalls();
});

const LOOPBACK = 'http://127.0.0.1/*';
const LINKS = '<!doctype html><title>Links</title><a href="tel:+1-415-555-0102">Call the workshop</a>';
/** Whether the dial field there holds the number of the link; null where there is no such phone. */
const fieldIn = (kind: 'sidebar' | 'popup'): string => `
  const [view] = page.browser.extension.getViews(page.JSON.parse('{"type":"${kind}"}'));
  if (view === undefined) return null;
  return (view.document.querySelector('[role="combobox"]')?.value ?? '').replace(/\\D/g, '').endsWith('4155550102');`;

const isNear = (sound: Sound | undefined, hz: number): boolean => Math.abs((sound?.hz ?? 0) - hz) < 12;
const living = () => gateway.calls().filter(({ user, phase }) => user === 'alice' && phase !== 'ended');
/** These and nothing else reach the far end of that call. */
const hearTogether = ({ legs }: Pick<CallView, 'legs'>, ...wanted: readonly number[]) =>
  patiently(`${wanted.join(' and ')} Hz go there, and nothing else`, () => {
    const tones = gateway.heard(legs.id)?.tones ?? [];
    if (tones.length === wanted.length && wanted.every((hz) => tones.some((tone) => Math.abs(tone - hz) < 12)))
      return true;
    throw new Error(JSON.stringify(tones));
  });
async function packetsGoTo(...calls: readonly Pick<CallView, 'legs'>[]): Promise<void> {
  const sent = () => calls.map(({ legs }) => gateway.heard(legs.id)?.packets ?? 0);
  const before = sent();
  await patiently('packets go to each', () => sent().every((packets, at) => packets > (before[at] ?? 0) + 20));
}
/** What the bot of that name hears, in Hz, once it talks to `peer`. */
const botHears = (name: string, peer: string, hz: number) =>
  patiently(`${name} hears ${String(hz)} Hz of ${peer}`, () => {
    const bots = gateway.bots().filter((one) => one.name === name);
    if (bots.some((one) => one.peer?.name === peer && Math.abs((one.heard.hertz ?? 0) - hz) < 12)) return true;
    throw new Error(JSON.stringify(bots));
  });

it('asks first, then connects the two others and leaves them talking', async () => {
  const customer = await alice.talksTo('16');
  await alice.hears(CUSTOMER);
  const expert = await alice.talksTo('17');
  await alice.hears(EXPERT);
  await patiently('the customer is held', async () =>
    (await alice.snapshot()).calls.some(({ id, state }) => id === customer.id && 'held' in state && state.held),
  );

  await alice.ask('connect', expert.id, customer.id);
  await botHears('Customer', 'Expert', EXPERT);
  await botHears('Expert', 'Customer', CUSTOMER);
  await patiently('both calls are passed on', async () =>
    (await alice.snapshot()).calls.every(({ state }) => state.phase === 'ended' && state.cause.kind === 'transferred'),
  );
});

it('sends a call on at once', async () => {
  const bob = await Client.signIn(gateway, 'bob');
  const { id } = await alice.talksTo('16');
  const [atBob] = await Promise.all([pickUp(bob, BOB), alice.ask('transfer', id, 'bob')]);
  expect((await alice.call('ended')).state.cause.kind).toBe('transferred');
  await botHears('Customer', 'Bob', BOB);
  await patiently('bob hears the customer', () => {
    return Math.abs((atBob.phone.ear.heard(400).hertz ?? 0) - CUSTOMER) < 12;
  });
  bob.cut();
});

it('finds another path by itself when the one it had is dead, on the same line and the same peer', async () => {
  const { legs } = await alice.talksTo('2');
  const { peers } = await alice.ears.counters();
  const sockets = () => gateway.frames().filter(({ direction }) => direction === 'open').length;
  const opened = sockets();
  gateway.faults.stopMedia({ callId: legs.id, until: 'restarted' });
  // A phone that asks for another path has noticed, and says so until sound flows again.
  await patiently('another path is asked for', () => living()[0]?.audio.stoppedUntil === null);
  await alice.call('active', ({ sound }) => sound === 'flowing');
  await alice.hears(TONE);
  expect(await alice.isHeard()).toBeCloseTo(HUM, -1);
  expect(sockets()).toBe(opened);
  expect((await alice.call('active')).legs).toEqual({ id: legs.id, recoveredFrom: null });
  expect((await alice.ears.counters()).peers).toBe(peers);
});

it('offers relays alone where it is told to, and a relay carries the sound', async () => {
  const turn = await TurnServer.start();
  try {
    await signIn({ iceServers: turn.iceServers, forceRelayCandidate: true });
    const { legs } = await alice.talksTo('2');
    await alice.hears(TONE);
    await patiently('a relay sends', async () => (await alice.ears.paths()).join() === 'relay');
    const sent = gateway.frames().filter(({ direction }) => direction === 'in');
    const ofTheCall = sent.map(({ frame }) => JSON.stringify(frame)).filter((frame) => frame.includes(legs.id));
    const kinds = ofTheCall.flatMap((frame) => [...frame.matchAll(/ typ (\w+)/g)].map(([, kind]) => kind));
    expect([...new Set(kinds)]).toEqual(['relay']);
    await alice.endCalls();
  } finally {
    await turn.kill();
    await signIn({});
  }
});

/** Another set of options is another line, which signs in anew. */
async function signIn(more: LineOptions): Promise<void> {
  const opened = () => gateway.frames().filter(({ direction }) => direction === 'open').length;
  const before = opened();
  const { line, secret } = gatewayLine(gateway.port, 'alice', alice.password);
  await alice.store({ lines: [{ ...line, options: { ...line.options, ...more } }], secrets: { [line.id]: secret } });
  await patiently('the line is signed in with these options', async () => {
    const [only, ...others] = (await alice.snapshot()).lines;
    return opened() > before && others.length === 0 && only?.session.phase === 'ready';
  });
}

it('calls what was selected, and what a link leads to, from the menu of a page that nobody granted', async () => {
  const page = await Visit.pay(alice, `${LINKS}<p>${numbers.tone}</p>`);
  await page.run("getSelection().selectAllChildren(document.querySelector('p'));");
  await page.click('p', 'right');
  await alice.furniture.chooseInMenu(`Call “${numbers.tone}” with Holdfast`);
  expect(await alice.call('active', ({ voice }) => voice)).toMatchObject({ who: { number: '+14155550102' } });
  await alice.endCalls();

  await page.run('getSelection().removeAllRanges();');
  await page.click('a', 'right');
  await alice.furniture.chooseInMenu('Call this number with Holdfast');
  expect(await alice.call('active', ({ voice }) => voice)).toMatchObject({ who: { number: '+14155550102' } });
  await page.close();
});

it('fills the number of a phone link in at once, in the sidebar that is open, and goes back to that page', async () => {
  const page = await Visit.pay(alice, LINKS);
  await page.click('a');
  await alice.furniture.allowLink();
  await patiently('the dial field holds the number', () => alice.windows.atDesk(fieldIn('sidebar')));
  await page.isBack();
  expect(await alice.windows.atDesk(fieldIn('popup'))).toBeNull();
  expect(living()).toEqual([]);

  await alice.closeSidebar();
  await page.click('a');
  await alice.furniture.allowLink();
  await patiently('the popup opens with the number', () => alice.windows.atDesk(fieldIn('popup')));
  await alice.furniture.closePopup();
  await page.isBack();
  await alice.openSidebar();
  await page.close();
});

it('asks before it calls a phone link, since a page can follow its links by itself', async () => {
  await alice.store({ calls: { ...DEFAULTS.calls, telLinks: 'dial' } });
  const page = await Visit.pay(alice, LINKS);
  await page.run("location.href = 'tel:+14155550102';");
  await alice.furniture.allowLink();
  await alice.windows.shows(page.handle, 'Call this number?');
  expect(living()).toEqual([]);
  await alice.windows.pressesUntil(page.handle, 'Call', () => living().length > 0);
  expect(await alice.call('active', ({ voice }) => voice)).toMatchObject({ who: { number: '+14155550102' } });
  await page.isBack();
  await page.close();
});

it('does not dial for a page that makes up clicks and bends the ground, and dials for a hand', async () => {
  await alice.furniture.grantSite(LOOPBACK);
  const page = await Visit.pay(
    alice,
    pageWith(
      numbers.tone,
      `Array.prototype.map = () => ['+14155550199'];
      String.prototype.replace = () => '+14155550199';
      Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true });
      JSON.stringify = () => '{"to":"page","call":"dial","args":["+14155550199"]}';
      document.elementFromPoint = () => null;
      window.forge = (x, y) => {
        const target = document.querySelector('p');
        const how = { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, button: 0, detail: 1 };
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick']) {
          const Kind = type.startsWith('pointer') ? PointerEvent : MouseEvent;
          for (const node of [target, document, window]) node.dispatchEvent(new Kind(type, how));
        }
        target.click();
        target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        window.postMessage({ to: 'page', call: 'dial', args: ['+14155550102'] }, '*');
        window.postMessage({ to: 'engine', call: 'dial', args: [{ to: '2' }] }, '*');
      };`,
    ),
  );
  const { x, y } = await page.pointAt(numbers.tone);
  await page.run('forge(args[0], args[1]);', x, y);
  expect(living()).toEqual([]);
  await page.clickNumber(numbers.tone);
  const { who } = await alice.call('active', ({ voice }) => voice);
  expect(who.number).toBe('+14155550102');
  expect(living()).toHaveLength(1);
  await page.close();
});

it('is heard where the sidebar that lends is in a window behind another one, to which Firefox gives no microphone', async () => {
  const other = await alice.firefox.openWindow('window');
  await alice.dial('2');
  await alice.call('active', ({ voice }) => voice);
  expect(await alice.isHeard()).toBeCloseTo(HUM, -1);
  await alice.endCalls();
  await alice.windows.close(other);
  await alice.openSidebar();
});

it('puts three into one talk, where each hears the two others, whoever lends the voice', async () => {
  const customer = await alice.talksTo('16');
  const expert = await alice.talksTo('17');
  await alice.ask('merge', [customer.id, expert.id]);
  await patiently('both are heard together', async () => {
    const [first, second] = await alice.ears.hear();
    return isNear(first, CUSTOMER) && isNear(second, EXPERT);
  });
  await patiently('nobody is held', async () => {
    const { calls } = await alice.snapshot();
    return calls.length === 2 && calls.every(({ state }) => state.phase === 'active' && !state.held);
  });
  expect(await alice.ears.mayPlay()).toBe('allowed');
  // What each of the two hears of the other is mixed by an AudioContext, which no Firefox runs without a sound card.
  if (sound === null) return packetsGoTo(customer, expert);
  await hearTogether(customer, EXPERT, HUM);
  await hearTogether(expert, CUSTOMER, HUM);
  await alice.closeSidebar();
  await hearTogether(customer, EXPERT);
  await hearTogether(expert, CUSTOMER);
  await alice.openSidebar();
  await hearTogether(customer, EXPERT, HUM);
  await hearTogether(expert, CUSTOMER, HUM);

  // The next life of the background page: the two others hear each other again, and the person once no longer muted.
  await alice.areKept(customer, expert);
  await alice.crash();
  await hearTogether(customer, EXPERT);
  await hearTogether(expert, CUSTOMER);
  for (const { id } of [customer, expert]) await alice.ask('mute', id, false);
  await hearTogether(customer, EXPERT, HUM);
  await hearTogether(expert, CUSTOMER, HUM);
});
