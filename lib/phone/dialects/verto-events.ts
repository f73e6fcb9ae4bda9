/** What FreeSWITCH tells of conference rooms and written messages, read: `verto.event` and `verto.info` (mod_verto, mod_conference). */

import { legId } from '../model/ids';
import type { Party, RoomMember } from '../model/snapshot';
import type { MembersChange, ServerEvent } from './dialect';
import { fields, isFields, list, optInt, optStr, str, type Fields } from './fields';

const METHOD = 'verto.event';
const LONGEST_NAME = 120;
const MOST_MEMBERS = 500;

/** Three kinds are understood: to a member alone, a change of the list of members, and what is written in the room. */
export function readEvent(params: Fields): ServerEvent {
  const own = params['pvtData'];
  if (isFields(own)) return readOwn(own);
  const data = fields(params['data']);
  const channel = str(params, 'eventChannel');
  const change = readChange(data);
  if (change) {
    const serial = optInt(data, 'wireSerno');
    return { type: 'room-members', channel, name: optStr(data, 'name'), serial, change };
  }
  const text = optStr(data, 'message');
  if (text === null || !channel.startsWith('conference-chat.')) return { type: 'unknown', method: METHOD, why: null };
  const from = optStr(data, 'from');
  return { type: 'room-written', channel, from: { name: short(optStr(data, 'fromDisplay')), number: from }, text };
}

/** `msg.from` is the account that wrote; the call is named only where the message belongs to one. */
export function readInfo(params: Fields): ServerEvent {
  const message = params['msg'];
  if (!isFields(message)) return { type: 'unknown', method: 'verto.info', why: null };
  const call = optStr(params, 'callID');
  const from: Party = { name: short(optStr(message, 'from_msg_name')), number: optStr(message, 'from') };
  return { type: 'written', call: call === null ? null : legId(call), from, text: str(message, 'body') };
}

function readOwn(own: Fields): ServerEvent {
  const call = legId(str(own, 'callID'));
  const action = optStr(own, 'action');
  if (action === 'conference-liveArray-part') return { type: 'room-left', call };
  if (action !== 'conference-liveArray-join') return { type: 'unknown', method: METHOD, why: null };
  return {
    type: 'room-entered',
    call,
    room: { name: str(own, 'laName'), members: str(own, 'laChannel'), written: optStr(own, 'chatChannel') },
  };
}

function readChange(data: Fields): MembersChange | null {
  switch (optStr(data, 'action')) {
    case 'bootObj':
      return { kind: 'all', members: list(data['data']).slice(0, MOST_MEMBERS).flatMap(pair) };
    case 'add':
    case 'modify': {
      const id = optStr(data, 'hashKey');
      return id === null ? null : { kind: 'one', member: member(id, data['data']) };
    }
    case 'del': {
      const id = optStr(data, 'hashKey');
      return id === null ? null : { kind: 'gone', id };
    }
    case 'clear':
      return { kind: 'all', members: [] };
    default:
      return null;
  }
}

function pair(entry: unknown): readonly RoomMember[] {
  const [id, row] = list(entry);
  return typeof id === 'string' ? [member(id, row)] : [];
}

/** A row: number in the room, caller id number and name, codec, and the state: JSON in a text, or words of old. */
function member(id: string, row: unknown): RoomMember {
  const [, number, name, , state] = list(row);
  const words = typeof state === 'string' ? state : '';
  const audio = fields(fields(json(words))['audio']);
  const is = (key: string, word: string): boolean =>
    typeof audio[key] === 'boolean' ? audio[key] : !words.startsWith('{') && words.includes(word);
  return {
    id,
    name: short(typeof name === 'string' ? name : null),
    number: short(typeof number === 'string' ? number : null),
    talking: is('talking', 'TALKING'),
    muted: is('muted', 'MUTE'),
    held: is('onHold', 'HOLD'),
  };
}

function json(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

function short(text: string | null): string | null {
  return text === null || text === '' ? null : text.slice(0, LONGEST_NAME);
}
