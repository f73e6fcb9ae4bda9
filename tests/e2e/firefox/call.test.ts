/** Calls in a real Firefox: the background page holds them, a small window lends the voice. Nothing is granted but by its prompt. */

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../../gateway/gateway';
import { PLAYED } from '../harness/dialects';
import { FirefoxActor } from './actor';
import { entersInAddressBar } from './address-bar';
import { patiently } from './patience';

/** What Firefox's own fake microphone hums. */
const HUM_HZ = 1_000;
/** Where the person puts the call window. */
const PLACE = { left: 120, top: 90, width: 460, height: 560 } as const;

let gateway: Gateway;
let alice: FirefoxActor;

beforeAll(async () => {
  gateway = await startGateway();
  alice = await FirefoxActor.open(gateway);
  await alice.furniture.watchNotifications();
});
afterAll(async () => {
  await alice.close();
  await gateway.close();
});
afterEach(async () => {
  await alice.furniture.closePopup();
  await alice.endCalls();
});

it('asks in the welcome page, explains a grant that was only for once, and dials when it lasts', async () => {
  await expect(alice.dial('2')).rejects.toThrow('microphone-prompt');
  expect(gateway.calls()).toEqual([]);
  const welcome = await alice.windows.page('welcome.html');
  await alice.windows.presses(welcome, 'Allow microphone');
  await alice.firefox.allowMicrophone({ remember: false });
  await alice.windows.shows(welcome, 'Tick “Remember this decision”');
  // The page asked once more by itself, to find that out.
  await alice.firefox.noPromptIsOpen();
  expect(gateway.calls()).toEqual([]);

  await alice.windows.presses(welcome, 'Allow microphone');
  await alice.firefox.allowMicrophone({ remember: true });
  await alice.call('active', ({ voice }) => voice);
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
});

it('is refused the microphone in the background page, in spite of the lasting grant', async () => {
  expect((await alice.snapshot()).microphone.state).toBe('granted');
  expect(await alice.askInBackground()).toBe('NotAllowedError');
  // With this preference a refusal would not show.
  const hidden = "return Services.prefs.getBoolPref('media.navigator.' + 'permission.disabled', false);";
  expect(await alice.firefox.inBrowser(hidden)).toBe(false);
});

it('hears the other side and is heard, by the window that opens with the call and goes with it', async () => {
  await alice.dial('2');
  await alice.windows.openCallWindow();
  await alice.call('active', ({ voice, sound }) => voice && sound === 'flowing');
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  const before = await alice.counters();
  await patiently('a tone comes in', async () => {
    const now = await alice.counters();
    return (
      now.packetsReceived > before.packetsReceived + 50 &&
      now.packetsSent > before.packetsSent + 50 &&
      now.energyReceived > before.energyReceived
    );
  });
  await patiently('the devices are known', async () => (await alice.snapshot()).devices.microphones.length > 0);
  expect(await alice.choosesSpeakers()).toEqual(['taken', 'NotFoundError']);
  await alice.windows.pressesUntil(await alice.windows.openCallWindow(), 'End call', async () =>
    (await alice.snapshot()).calls.every(({ state }) => state.phase === 'ended'),
  );
});

it('goes on without a voice when the call window is closed, says so, and one press on the notification mends it', async () => {
  await alice.dial('2');
  const { id } = await alice.call('active', ({ voice }) => voice);
  await alice.isHeard();

  const window = await alice.windows.openCallWindow();
  await alice.windows.isTitled(window, '2 – On a call');
  await alice.windows.movesTo(window, PLACE);
  await alice.windows.closeCallWindow();
  await alice.call('active', ({ voice }) => !voice);
  await alice.isSilent();
  await alice.windows.toolbarSays('cannot hear you');
  await alice.isNotified(id, 'cannot hear you');
  expect(await alice.windows.callWindow()).toBeNull();
  const before = await alice.counters();
  await patiently('sound still comes in', async () => {
    return (await alice.counters()).packetsReceived > before.packetsReceived + 50;
  });

  await alice.furniture.pressNotification(id, 'cannot hear you');
  await alice.windows.standsAt(await alice.windows.openCallWindow(), PLACE);
  const back = await alice.call('active', ({ voice }) => voice);
  expect(back.id).toBe(id);
  expect(back.notices.map(({ kind }) => kind)).not.toContain('device-lost');
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  await alice.isNotNotified();
});

it('stays out of a private window, beside which its own is no private one', async () => {
  expect(await alice.furniture.openPrivateWindow()).toEqual({ normal: true, private: false });
  try {
    await alice.dial('2');
    await alice.call('active', ({ voice }) => voice);
    await alice.windows.openCallWindow();
    expect(await alice.furniture.privateWindows()).toBe(1);
  } finally {
    await alice.furniture.closePrivateWindows();
  }
});

it('has its voice from the popup while that is open, which says so, and from the call window again', async () => {
  await alice.dial('2');
  const { id } = await alice.call('active', ({ voice }) => voice);
  await alice.windows.closeCallWindow();
  await alice.call('active', ({ voice }) => !voice);

  await alice.furniture.openPopup();
  await alice.call('active', ({ voice }) => voice);
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  await alice.windows.popupShows('Your voice goes through this popup');
  await alice.furniture.closePopup();
  await alice.call('active', ({ voice }) => !voice);
  await alice.isSilent();

  await alice.furniture.openPopup();
  await alice.windows.pressesInPopup('Open the call window');
  await alice.windows.isTitled(await alice.windows.openCallWindow(), '2 – On a call');
  await alice.furniture.closePopup();
  expect(await alice.call('active', ({ voice }) => voice)).toMatchObject({ id });
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
});

it('has its voice from the sidebar, needs no window then, and loses it only with the sidebar', async () => {
  await alice.openSidebar();
  await alice.dial('2');
  const { id } = await alice.call('active', ({ voice, sound }) => voice && sound === 'flowing');
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  expect(await alice.windows.callWindow()).toBeNull();

  await alice.closeSidebar();
  await alice.call('active', ({ voice }) => !voice);
  await alice.isSilent();
  await alice.isNotified(id, 'cannot hear you');
  await alice.openSidebar();
  expect(await alice.call('active', ({ voice }) => voice)).toMatchObject({ id });
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  await alice.closeSidebar();
});

it('rings, one press on the notification leads to the call, and the popup answers it', async () => {
  gateway.call('alice', '2');
  const { id } = await alice.call('ringing');
  expect(await alice.windows.callWindow()).toBeNull();
  await alice.isNotified(id, 'Tone is calling');
  await alice.furniture.pressNotification(id, 'Tone is calling');
  await alice.windows.popupShows('Answer');
  await alice.furniture.closePopup();
  const popup = await alice.windows.openPage('popup.html');
  await alice.windows.pressesUntil(popup, 'Answer', async () =>
    (await alice.snapshot()).calls.every(({ state }) => state.phase !== 'ringing'),
  );
  expect(await alice.call('active', ({ voice }) => voice)).toMatchObject({ id });
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  await alice.windows.close(popup);
});

it('rings, and is answered by its key', async () => {
  gateway.call('alice', '2');
  const { id } = await alice.call('ringing');
  await alice.furniture.pressShortcut('H');
  expect(await alice.call('active', ({ voice }) => voice)).toMatchObject({ id });
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
});

it('dials what is typed in the address bar behind its keyword', async () => {
  await entersInAddressBar(alice.firefox, 'call +1 415 555 0102');
  expect((await alice.call('active', ({ voice }) => voice)).who.number).toBe('+14155550102');
});

it('is silenced by hold and restored by resuming', async () => {
  await alice.dial('2');
  const { id } = await alice.call('active', ({ voice }) => voice);
  await alice.isHeard();
  await alice.ask('hold', id, true);
  await alice.call('active', ({ state }) => state.held);
  await alice.isSilent();
  await alice.ask('hold', id, false);
  await alice.call('active', ({ state }) => !state.held);
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
});

it('sends the keys in the order they were pressed', async () => {
  await alice.dial('11');
  const { id } = await alice.call('active', ({ voice }) => voice);
  for (const key of '159#0*') await alice.ask('sendDigits', id, key);
  const pressed = (): string =>
    gateway
      .calls()
      .find(({ phase }) => phase !== 'ended')
      ?.digits.join('') ?? '';
  await patiently('all keys came through', () => pressed().length >= 6);
  expect(pressed()).toBe('159#0*');
});

it('goes on when only the socket drops, over the same peer where the server keeps its own', async () => {
  await alice.dial('2');
  const { id } = await alice.call('active', ({ voice }) => voice);
  await alice.isHeard();
  const living = () => gateway.calls().find(({ phase }) => phase !== 'ended');
  const before = living()?.callId;
  gateway.faults.close();
  // A FreeSWITCH comes back with a new transport.
  const returns = PLAYED === 'telnyx' ? { kept: 1, rebuilt: 0 } : { kept: 0, rebuilt: 1 };
  await patiently('the client is back', () => {
    const { kept, rebuilt } = living()?.audio.returns ?? { kept: 0, rebuilt: 0 };
    return kept + rebuilt === 1;
  });
  expect((await alice.call('active', ({ signalling }) => signalling === 'up')).id).toBe(id);
  expect(living()).toMatchObject({ callId: before, audio: { returns } });
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
});

it('is back on its call when the process of all extensions died, in the window that stood there dead', async () => {
  await alice.dial('2');
  const { id, legs } = await alice.call('active', ({ voice, sound }) => voice && sound === 'flowing');
  const window = await alice.windows.openCallWindow();
  await alice.areKept({ legs });
  await alice.crash();
  const back = await alice.call('active', ({ voice, sound }) => voice && sound === 'flowing');
  expect(back).toMatchObject({ id, legs, rejoined: true, muted: true });
  const atGateway = gateway.calls().find(({ callId }) => callId === legs.id);
  expect(atGateway?.audio.returns).toEqual({ kept: 0, rebuilt: 1 });
  await alice.isSilent();
  expect(await alice.windows.openCallWindow()).toBe(window);
  await alice.windows.pressesUntil(
    window,
    'Unmute',
    async () => (await alice.snapshot()).calls.at(-1)?.muted === false,
  );
  expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
});

it('gives the voice back, rings and is answered where private windows alone are left, in none of them', async () => {
  await alice.dial('2');
  const { id } = await alice.call('active', ({ voice }) => voice);
  await alice.isHeard();
  try {
    await alice.staysPrivate();
    await alice.isSilent();
    await alice.furniture.pressNotification(id, 'cannot hear you');
    const window = await alice.windows.openCallWindow();
    expect(await alice.furniture.privateWindows()).toBe(1);
    expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
    const talks = () => gateway.calls().some(({ phase }) => phase === 'answered');
    await alice.windows.pressesUntil(window, 'End call', () => !talks());
    await alice.windows.pressesUntil(window, 'Done', async () => (await alice.windows.callWindow()) === null);

    gateway.call('alice', '2');
    const ring = await patiently('it is notified', async () =>
      (await alice.furniture.notifications()).find(({ title }) => title === 'Tone is calling'),
    );
    await alice.furniture.pressNotification(ring.name, 'Tone is calling');
    await alice.windows.pressesUntil(await alice.windows.openCallWindow(), 'Answer', talks);
    expect(await alice.furniture.privateWindows()).toBe(1);
    expect(await alice.isHeard()).toBeCloseTo(HUM_HZ, -1);
  } finally {
    await alice.opensDesk();
    await alice.furniture.closePrivateWindows();
  }
});
