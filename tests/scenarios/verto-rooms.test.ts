/** Conference rooms of FreeSWITCH's, and messages written in calls: what the phone asks for, shows, and does not believe. */

import { afterEach, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { stage, VERTO, type Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const LIST = 'conference-liveArray.3500@pbx.example';
const CHAT = 'conference-chat.3500@pbx.example';

const open = (): Stage => stage({ line: { ...VERTO, callerName: 'Support' } });
const row = (number: string, name: string, status = 'ACTIVE') => ['0001', number, name, 'opus@48000', status, {}, null];

function enters({ server }: Stage, leg: string, action = 'join', more: object = {}): void {
  server.say('verto.event', {
    eventChannel: leg,
    eventType: 'channelPvtData',
    pvtData: {
      callID: leg,
      action: `conference-liveArray-${action}`,
      laChannel: LIST,
      laName: '3500',
      chatChannel: CHAT,
      ...more,
    },
  });
}

function lists({ server }: Stage, action: string, wireSerno: number, more: object): void {
  server.say('verto.event', { eventChannel: LIST, data: { action, name: '3500', wireSerno, ...more } });
}

const names = (play: Stage): (string | null)[] => play.call().room?.members.map(({ name }) => name) ?? [];
const boots = ({ server }: Stage): number =>
  server.requests('broadcast').filter(({ params }) => JSON.stringify(params).includes('bootstrap')).length;

async function inRoom(): Promise<Stage & { leg: string }> {
  const play = open();
  const { leg } = await play.talk('3500');
  enters(play, leg);
  await play.pass();
  lists(play, 'bootObj', -1, { data: [[leg, row('1004', 'Support')]] });
  await play.pass();
  return Object.assign(play, { leg });
}

it('listens to the room that a call leads to, and shows who is there', async () => {
  const play = await inRoom();
  const { server, pass, call, leg } = play;
  expect(server.last('subscribe')).toEqual({ sessid: 'session-1', eventChannel: [LIST, CHAT] });
  expect(server.last('broadcast')).toMatchObject({
    eventChannel: LIST,
    data: { liveArray: { command: 'bootstrap', context: LIST, name: '3500' } },
  });
  lists(play, 'add', 11, { hashKey: 'dana', data: row('1008', 'Dana') });
  lists(play, 'modify', 12, { hashKey: 'dana', data: row('1008', 'Dana', 'TALKING (FLOOR)') });
  await pass();
  expect(call().room).toEqual({
    name: '3500',
    own: leg,
    members: [
      { id: leg, name: 'Support', number: '1004', talking: false, muted: false, held: false },
      { id: 'dana', name: 'Dana', number: '1008', talking: true, muted: false, held: false },
    ],
  });
  lists(play, 'del', 13, { hashKey: 'dana' });
  await pass();
  expect(names(play)).toEqual(['Support']);
  enters(play, leg, 'part');
  await pass();
  expect(call().room).toBeUndefined();
});

it('asks for the whole list again where a change was missed', async () => {
  const play = await inRoom();
  lists(play, 'add', 11, { hashKey: 'dana', data: row('1008', 'Dana') });
  await play.pass();
  expect(boots(play)).toBe(1);
  lists(play, 'modify', 14, { hashKey: 'dana', data: row('1008', 'Dana', 'HOLD') });
  await play.pass();
  expect(boots(play)).toBe(2);
});

it('listens anew after every return, since a socket takes its channels with it', async () => {
  const play = await inRoom();
  const { server, platform, pass, leg } = play;
  server.kept = [{ call: leg, sdp: sdp('server-2') }];
  server.socket.drop();
  await pass(300);
  platform.peer.flows();
  enters(play, leg);
  await pass();
  expect(server.requests('subscribe')).toHaveLength(2);
  expect(boots(play)).toBe(2);
  expect(names(play)).toEqual(['Support']);
});

it('keeps the call and the room’s name where the server does not let it listen', async () => {
  const play = open();
  for (const verb of ['subscribe', 'broadcast'])
    play.server.reply(verb, () => ({ error: { code: -32002, message: 'Permission Denied.' } }));
  const { leg } = await play.talk('3500');
  enters(play, leg);
  await play.pass();
  expect(play.call()).toMatchObject({ state: { phase: 'active' }, trouble: null, room: { name: '3500', members: [] } });
  // Refused is also who listens already, so that the list is asked for all the same.
  expect(boots(play)).toBe(1);
});

it('believes no event of another room, another list or a call that it does not have', async () => {
  const play = await inRoom();
  const { server, pass, call } = play;
  const add = { action: 'add', hashKey: 'x', wireSerno: 1, data: row('1', 'Mallory') };
  server.say('verto.event', { eventChannel: 'conference-liveArray.9@pbx.example', data: { ...add, name: '3500' } });
  server.say('verto.event', { eventChannel: LIST, data: { ...add, name: '9' } });
  server.say('verto.event', { eventChannel: CHAT.replace('3500', '9'), data: { message: 'hi', from: '1' } });
  enters(play, 'nobody');
  for (const params of [{}, { pvtData: 5 }, { data: [] }, { eventChannel: LIST, data: { action: 'bootObj', data: 7 } }])
    server.say('verto.event', params);
  await pass();
  expect(names(play)).toEqual(['Support']);
  expect(call().transcript).toEqual([]);
  expect(server.requests('subscribe')).toHaveLength(1);
});

it('writes to a room and shows what others write, and its own line once', async () => {
  const play = await inRoom();
  const { phone, server, pass, call } = play;
  await Promise.all([phone.type(call().id, 'Good morning'), pass()]);
  expect(server.last('broadcast')).toEqual({
    sessid: 'session-1',
    eventChannel: CHAT,
    fromDisplay: 'Support',
    data: { action: 'send', message: 'Good morning', type: 'message' },
  });
  const said = (from: string, fromDisplay: string, message: string): void =>
    void server.say('verto.event', { eventChannel: CHAT, data: { message, from, fromDisplay, type: 'message' } });
  said('agent042@pbx.example', 'Support', 'Good morning');
  said('1008@pbx.example', 'Dana', 'Hello');
  // The same account at another phone.
  said('agent042@pbx.example', 'Support', 'From my other desk');
  await pass();
  expect(call().transcript.map(({ who, name, text }) => [who, name ?? null, text])).toEqual([
    ['person', null, 'Good morning'],
    ['other', 'Dana', 'Hello'],
    ['person', null, 'From my other desk'],
  ]);
});

it('writes to whoever is in the call, and hears them there by call or by number, and nobody else', async () => {
  const play = open();
  const alone: [string | null, string][] = [];
  play.phone.events.on('message', ({ from: { number }, text }) => alone.push([number, text]));
  const { phone, server, pass, call, talk } = play;
  const { id, leg } = await talk('1008');
  await Promise.all([phone.type(id, 'Are you there?'), pass()]);
  expect(server.last('info')).toMatchObject({
    msg: { from: 'agent042@pbx.example', to: '1008@pbx.example', body: 'Are you there?' },
    dialogParams: { callID: leg },
  });
  const from = '1008@pbx.example';
  server.say('verto.info', { callID: leg, msg: { from, to: 'me', body: 'by call', from_msg_name: 'Dana' } });
  server.say('verto.info', { msg: { from, to: 'me', body: 'by number' } });
  server.say('verto.info', {
    msg: { from: '77@pbx.example', to: 'me', body: 'not of this call', from_msg_name: 'Jo' },
  });
  server.say('verto.info', { callID: 'nobody', msg: { from, to: 'me', body: 'another call' } });
  await pass();
  expect(call().transcript.map(({ name, text }) => [name ?? null, text])).toEqual([
    [null, 'Are you there?'],
    ['Dana', 'by call'],
    ['1008', 'by number'],
  ]);
  expect(alone).toEqual([
    ['77', 'not of this call'],
    ['1008', 'another call'],
  ]);
  expect(phone.snapshot().lines[0]?.can.type).toBe(true);
});

it('says that a message was refused, and keeps it out of the conversation', async () => {
  const play = open();
  const { phone, server, pass, call, talk } = play;
  const { id } = await talk('1008');
  server.reply('info', () => ({ error: { code: -32002, message: 'INVALID MESSAGE to and body params required' } }));
  const refused = expect(phone.type(id, 'hello')).rejects.toMatchObject({ reason: 'refused' });
  await Promise.all([refused, pass()]);
  expect(call().transcript).toEqual([]);
});

it('has the conversation in what is kept of the call', async () => {
  const { phone, server, pass, ended, talk } = open();
  const { id, leg } = await talk('1008');
  server.say('verto.info', { callID: leg, msg: { from: '1008@pbx.example', to: 'me', body: 'see you' } });
  await pass();
  phone.hangUp(id);
  await pass();
  expect(ended[0]?.transcript).toMatchObject([{ who: 'other', name: '1008', text: 'see you', final: true }]);
});
