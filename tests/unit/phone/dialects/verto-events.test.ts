/** Conference rooms and written messages in FreeSWITCH's spelling: what is read of them, and that nothing breaks the reader. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verto } from '../../../../lib/phone/dialects/verto';

const LIST = 'conference-liveArray.3500@pbx.example';
const CHAT = 'conference-chat.3500@pbx.example';
const json = JSON.stringify({
  audio: { muted: true, deaf: false, onHold: false, talking: false, floor: true, energyScore: 681 },
  video: false,
  oldStatus: 'MUTE',
});
const row = (status: unknown) => ['0003', '1004', 'Dana', 'opus@48000', status, {}, null];
const read = (params: unknown) => verto.read('verto.event', params);

describe('a room', () => {
  const own = { callID: 'leg', laChannel: LIST, laName: '3500', chatChannel: CHAT, conferenceMemberID: '3' };

  it('is entered and left', () => {
    expect(
      read({
        eventChannel: 'leg',
        eventType: 'channelPvtData',
        pvtData: { ...own, action: 'conference-liveArray-join' },
      }),
    ).toEqual({ type: 'room-entered', call: 'leg', room: { name: '3500', members: LIST, written: CHAT } });
    expect(read({ pvtData: { ...own, action: 'conference-liveArray-part' } })).toEqual({
      type: 'room-left',
      call: 'leg',
    });
    expect(read({ pvtData: { ...own, action: 'conference-liveArray-dance' } }).type).toBe('unknown');
  });

  it.each([
    ['JSON', json, { muted: true, talking: false, held: false }],
    ['words', 'TALKING (FLOOR) VIDEO', { muted: false, talking: true, held: false }],
    ['a word', 'HOLD', { muted: false, talking: false, held: true }],
    ['broken JSON', '{"audio":', { muted: false, talking: false, held: false }],
    ['nothing', null, { muted: false, talking: false, held: false }],
  ])('tells a member’s state in %s', (_what, status, state) => {
    const data = { action: 'modify', name: '3500', hashKey: 'leg', wireSerno: 8, data: row(status) };
    expect(read({ eventChannel: LIST, data, eventSerno: 3 })).toEqual({
      type: 'room-members',
      channel: LIST,
      name: '3500',
      serial: 8,
      change: { kind: 'one', member: { id: 'leg', name: 'Dana', number: '1004', ...state } },
    });
  });

  it('tells the whole list, who is gone, and that nobody is left', () => {
    const change = (data: object) => {
      const event = read({ eventChannel: LIST, data: { name: '3500', ...data } });
      return event.type === 'room-members' ? event.change : event;
    };
    expect(change({ action: 'bootObj', wireSerno: -1, data: [['leg', row('ACTIVE')], ['bad'], 7] })).toMatchObject({
      kind: 'all',
      members: [
        { id: 'leg', name: 'Dana' },
        { id: 'bad', name: null, number: null },
      ],
    });
    expect(change({ action: 'del', hashKey: 'leg', data: row('ACTIVE') })).toEqual({ kind: 'gone', id: 'leg' });
    expect(change({ action: 'clear', wireSerno: -1, data: {} })).toEqual({ kind: 'all', members: [] });
    expect(change({ action: 'add', data: row('ACTIVE') })).toMatchObject({ type: 'unknown' });
  });

  it('brings what is written in it', () => {
    const data = {
      direction: 'outbound',
      message: 'hi',
      fromDisplay: 'Joe',
      from: '1008@pbx.example',
      type: 'message',
    };
    expect(read({ eventChannel: CHAT, data, eventSerno: 9 })).toEqual({
      type: 'room-written',
      channel: CHAT,
      from: { name: 'Joe', number: '1008@pbx.example' },
      text: 'hi',
    });
    expect(read({ eventChannel: 'demo', data }).type).toBe('unknown');
  });
});

describe('a message', () => {
  it('names its sender, and its call where it belongs to one', () => {
    const msg = { from: '1008@pbx.example', to: '1004@pbx.example', body: 'hello', from_msg_name: 'Joe' };
    const from = { name: 'Joe', number: '1008@pbx.example' };
    expect(verto.read('verto.info', { msg, callID: 'leg' })).toEqual({
      type: 'written',
      call: 'leg',
      from,
      text: 'hello',
    });
    expect(verto.read('verto.info', { msg })).toMatchObject({ call: null });
  });

  it.each([
    [{ msg: { from: 'x' } }, 'no body'],
    [{ msg: 'hello' }, null],
    [{ dtmf: '5' }, null],
  ])('is none: %o', (params, why) => {
    expect(verto.read('verto.info', params)).toEqual({ type: 'unknown', method: 'verto.info', why });
  });
});

it('is read without a throw, whatever comes', () => {
  const any = fc.anything();
  const action = fc.constantFrom('bootObj', 'add', 'modify', 'del', 'clear', 'conference-liveArray-join', 'x');
  const params = fc.record(
    {
      eventChannel: fc.oneof(any, fc.constant(CHAT)),
      pvtData: fc.oneof(any, fc.record({ action, callID: any, laName: any, laChannel: any }, { requiredKeys: [] })),
      data: fc.oneof(
        any,
        fc.record({ action, data: any, hashKey: any, message: any, wireSerno: any }, { requiredKeys: [] }),
      ),
      msg: any,
      callID: any,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom('event', 'info'), params, (verb, said) => {
      expect(verto.read(`verto.${verb}`, said).type).toBeTypeOf('string');
    }),
  );
});
