/** Conference rooms and written messages, in FreeSWITCH's spelling (mod_conference's live array, mod_verto's info). */

import { expect, it } from 'vitest';
import type { Fields } from '../../gateway/fields';
import { fields, text } from '../../gateway/fields';
import { Ear } from '../../gateway/media/ear';
import { dial, dialog, invite, pickUp, type Client } from './client';
import { eventually, hears, hearsSilence } from './eventually';
import { useStage } from './stage';

const stage = useStage();
const LIST = 'conference-liveArray.18@127.0.0.1';
const CHAT = 'conference-chat.18@127.0.0.1';

const events = (client: Client, channel: string): readonly Fields[] =>
  client
    .all('event')
    .map((frame) => fields(frame, 'params'))
    .filter((params) => params['eventChannel'] === channel);
const list = (client: Client): readonly Fields[] => events(client, LIST).map((params) => fields(params, 'data'));
const listed = (client: Client, action: string): Fields | null =>
  list(client).find((data) => data['action'] === action) ?? null;

async function enters(client: Client, hertz: number) {
  const call = await dial(client, '18', hertz);
  const [welcome] = await eventually('the room welcomes', () => {
    const found = events(client, call.callId);
    return found.length > 0 ? found : null;
  });
  return { ...call, welcome };
}

async function watches(client: Client): Promise<void> {
  await client.ask('subscribe', { eventChannel: [LIST, CHAT] });
  const liveArray = { command: 'bootstrap', context: LIST, name: '18', obj: {} };
  await client.ask('broadcast', { eventChannel: LIST, data: { liveArray } });
}

it('welcomes, tells its members and who talks, and lets them hear each other', async () => {
  const alice = await stage.signInVerto('alice');
  const bob = await stage.signInVerto('bob');
  const first = await enters(alice, 700);
  expect(first.welcome).toMatchObject({
    eventType: 'channelPvtData',
    pvtData: { callID: first.callId, action: 'conference-liveArray-join', laChannel: LIST, laName: '18' },
  });
  await watches(alice);
  // Whoever listens may be told first that somebody talks.
  const boot = await eventually('the list comes', () => listed(alice, 'bootObj'));
  expect(boot).toMatchObject({
    name: '18',
    wireSerno: -1,
    data: [
      [first.callId, ['0001', '+14155550201', 'Alice', 'opus@48000', expect.stringContaining('"audio"'), {}, null]],
    ],
  });

  const second = await enters(bob, 1300);
  await hears(first.phone.ear, 1300);
  await hears(second.phone.ear, 700);
  await eventually('bob is on the list', () => listed(alice, 'add'));
  const talking = ({ action, data }: Fields): boolean => action === 'modify' && String(data).includes('"talking":true');
  await eventually('somebody talks', () => list(alice).some(talking));

  await bob.ask('bye', dialog(second.callId));
  await eventually('bob is off the list', () => listed(alice, 'del'));
  const serials = list(alice).flatMap(({ action, wireSerno }) => (action === 'bootObj' ? [] : [Number(wireSerno)]));
  expect(serials).toEqual(serials.map((_, index) => (serials[0] ?? 0) + index));
});

it('lets three hear each other at once, two while one is held, and the rest when one has gone', async () => {
  const clients = [await stage.signInVerto('alice'), await stage.signInVerto('bob'), await stage.signInVerto('carol')];
  const pitches = [700, 1300, 1900];
  const calls = await Promise.all(clients.map((client, index) => enters(client, pitches[index] ?? 0)));
  const hear = (index: number, ...wanted: readonly number[]) =>
    eventually(`member ${index} hears ${wanted.join(' and ')} Hz and nothing else`, () => {
      const tones = calls[index]?.phone.ear.heard(300).tones ?? [];
      const near = (hertz: number): boolean => tones.some((tone) => Math.abs(tone - hertz) < 12);
      return tones.length === wanted.length && wanted.every(near);
    });
  await Promise.all([hear(0, 1300, 1900), hear(1, 700, 1900), hear(2, 700, 1300)]);

  const [, bob, carol] = clients;
  const modify = (action: string) => bob?.ask('modify', { action, ...dialog(calls[1]?.callId ?? '') });
  await modify('hold');
  await Promise.all([hear(0, 1900), hear(2, 700), hearsSilence(calls[1]?.phone.ear ?? new Ear())]);
  await modify('unhold');
  await Promise.all([hear(0, 1300, 1900), hear(1, 700, 1900)]);

  await carol?.ask('bye', dialog(calls[2]?.callId ?? ''));
  await Promise.all([hear(0, 1300), hear(1, 700)]);
});

it('is closed to whoever is not in it', async () => {
  const alice = await stage.signInVerto('alice');
  const bob = await stage.signInVerto('bob');
  await enters(alice, 700);
  await expect(bob.ask('subscribe', { eventChannel: LIST })).rejects.toThrow();
  await expect(bob.ask('broadcast', { eventChannel: CHAT, data: { action: 'send', message: 'x' } })).rejects.toThrow();
  await expect(bob.ask('subscribe', { eventChannel: 'conference-mod.18@127.0.0.1' })).rejects.toThrow();
});

it('brings what one writes to all who are there', async () => {
  const alice = await stage.signInVerto('alice');
  const bob = await stage.signInVerto('bob');
  await enters(alice, 700);
  await enters(bob, 900);
  await watches(alice);
  await watches(bob);
  const data = { action: 'send', message: 'Good morning', type: 'message' };
  await bob.ask('broadcast', { eventChannel: CHAT, fromDisplay: 'Bob B.', data });
  for (const client of [alice, bob]) {
    const said = await eventually('it is there', () => events(client, CHAT)[0] ?? null);
    expect(said['data']).toMatchObject({ message: 'Good morning', fromDisplay: 'Bob B.', from: 'bob@127.0.0.1' });
  }
});

it('carries a message to the other end of a call, under the sender’s true name', async () => {
  const alice = await stage.signInVerto('alice');
  const bob = await stage.signInVerto('bob');
  const { callId } = await invite(alice, 'bob');
  const atBob = await pickUp(bob);
  const msg = { from: 'mallory', to: 'bob@127.0.0.1', body: 'Am I early?' };
  expect(await alice.ask('info', { msg, ...dialog(callId) })).toEqual({ message: 'SENT', sessid: alice.sessid });
  expect(fields(await bob.next('info'), 'msg')).toEqual({ ...msg, from: 'alice@127.0.0.1' });
  expect(await bob.next('info')).toMatchObject({ callID: atBob.callId });
  await expect(alice.ask('info', { msg: { to: 'bob' }, ...dialog(callId) })).rejects.toThrow('INVALID MESSAGE');
});

it('has the echo write back', async () => {
  const alice = await stage.signInVerto('alice');
  const { callId } = await dial(alice, '1');
  await alice.ask('info', { msg: { to: '1@127.0.0.1', body: 'hello' }, ...dialog(callId) });
  expect(text(fields(await alice.next('info'), 'msg'), 'body')).toBe('hello');
});
