/** Reads the arguments of every message from unknown JSON; what does not fit throws `bad-message` with the field's name. */

import type { DeclineReason } from '../phone/model/decline';
import { PhoneError } from '../phone/model/errors';
import type { FinishedCall } from '../phone/model/finished-call';
import type { CallId, LineId } from '../phone/model/ids';
import type { SentPicture } from '../phone/model/picture';
import type { WrittenMessage } from '../phone/model/message';
import type { ParkedView, Party } from '../phone/model/snapshot';
import type { PhoneSettings, Resume } from '../phone/settings';
import type { BackgroundApi, DialRequest, EngineApi, PageApi } from './contract';
import { LONGEST_PICTURE, LONGEST_PREVIEW, MOST_PICTURES } from './picture-limits';
import { isRecord } from './record';
import type { Readers } from './rpc';

const LONGEST_MESSAGE = 8000;
const MOST_PARKED = 1000;
/** A report of two hours, in characters. */
const LONGEST_FILE = 60_000_000;

export const engineReaders: Readers<EngineApi> = {
  snapshot: () => [],
  dial: ([request]) => [dialRequest(request)],
  answer: ([call, how]) => {
    const muted = isRecord(how) ? optional(how['muted'], (value) => flag(value, 'muted')) : undefined;
    return muted === undefined ? [callId(call)] : [callId(call), { muted }];
  },
  decline: ([call, reason]) => {
    const why = optional(reason, declineReason);
    return why === undefined ? [callId(call)] : [callId(call), why];
  },
  hangUp: ([call]) => [callId(call)],
  hold: ([call, held]) => [callId(call), flag(held, 'held')],
  mute: ([call, muted]) => [callId(call), flag(muted, 'muted')],
  sendDigits: ([call, digits]) => [callId(call), text(digits, 'digits', 128)],
  silence: ([call]) => [callId(call)],
  transfer: ([call, to]) => [callId(call), text(to, 'to', 256)],
  park: ([call]) => [callId(call)],
  forgetParked: ([line, place]) => [lineId(line), text(place, 'place', 64)],
  connect: ([call, other]) => [callId(call), callId(other)],
  merge: ([calls]) => [list(calls, 'calls', 16).map(callId)],
  split: ([call]) => [callId(call)],
  resume: ([call]) => [callId(call)],
  retry: ([line]) => [lineId(line)],
  takeOver: ([line]) => [lineId(line)],
  tryCall: ([line, to]) => [lineId(line), text(to, 'to', 64)],
  type: ([call, words, pictures]) => {
    const sent = optional(pictures, (value) => list(value, 'pictures', MOST_PICTURES).map(sentPicture)) ?? [];
    if (sent.length === 0) return [callId(call), text(words, 'text', 8000)];
    return [callId(call), words === '' ? '' : text(words, 'text', 8000), sent];
  },
  write: ([line, to, words]) => [lineId(line), text(to, 'to', 256), text(words, 'text', LONGEST_MESSAGE)],
  dismiss: ([call]) => [callId(call)],
  configure: ([settings]) => [phoneSettings(settings)],
  leave: () => [],
  lookAtDevices: () => [],
  report: () => [],
};

export const backgroundReaders: Readers<BackgroundApi> = {
  wakeEngine: () => [],
  settings: () => [],
  keepSession: ([resume]) => [list(resume, 'resume', 32).map(resumed)],
  keepParked: ([parked]) => [list(parked, 'parked', MOST_PARKED).map(parkedCall)],
  received: ([message]) => [writtenMessage(message)],
  write: ([line, to, words]) => [lineId(line), text(to, 'to', 256), text(words, 'text', LONGEST_MESSAGE)],
  finished: ([call]) => [finishedCall(call)],
  dial: ([request]) => [dialRequest(request)],
  microphoneGranted: () => [],
  saveFile: ([name, content]) => [fileName(name), text(content, 'text', LONGEST_FILE)],
  openPermissionPage: () => [],
  openOptions: ([page]) => {
    const name = optional(page, (value) => text(value, 'page', 64));
    return name === undefined ? [] : [name];
  },
};

/** What a web page's content script may say: short texts, and few of them. */
export const pageReaders: Readers<PageApi> = {
  confirm: ([candidates]) => [list(candidates, 'candidates', 200).map((candidate) => text(candidate, 'candidate', 64))],
  words: () => [],
  loadCard: () => [],
  about: ([number]) => [text(number, 'number', 128)],
  dial: ([number]) => [text(number, 'number', 128)],
  cancel: ([call]) => [callId(call)],
  chooseCountry: ([country]) => [isoCountry(country)],
  refuse: ([candidate, which]) => {
    if (which !== 'this' && which !== 'alike') throw bad('which');
    return [text(candidate, 'candidate', 64), which];
  },
  unrefuse: ([candidate]) => [text(candidate, 'candidate', 64)],
  openPhone: () => [],
};

/** Drawn anew by our own page, whatever it was before. */
function sentPicture(value: unknown): SentPicture {
  const { url, preview } = record(value, 'picture');
  return { url: jpeg(url, 'url', LONGEST_PICTURE), preview: jpeg(preview, 'preview', LONGEST_PREVIEW) };
}

function jpeg(value: unknown, field: string, longest: number): string {
  const address = text(value, field, longest);
  if (!/^data:image\/jpeg;base64,[\w+/]+=*$/.test(address)) throw bad(field);
  return address;
}

/** A plain name: no folder, nothing hidden. */
function fileName(value: unknown): string {
  const name = text(value, 'name', 100);
  if (!/^[a-z\d][\w.-]*\.json$/i.test(name)) throw bad('name');
  return name;
}

function dialRequest(value: unknown): DialRequest {
  const request = record(value, 'request');
  const digits = optional(request['digits'], (digits) => text(digits, 'digits', 128));
  const line = optional(request['line'], lineId);
  const name = optional(request['name'], (name) => text(name, 'name', 256));
  const callerId = optional(request['callerId'], (callerId) => text(callerId, 'callerId', 128));
  const muted = optional(request['muted'], (muted) => flag(muted, 'muted'));
  const from = optional(request['from'], (from) => text(from, 'from', 2048));
  return {
    to: text(request['to'], 'to', 256),
    ...(digits === undefined ? {} : { digits }),
    ...(line === undefined ? {} : { line }),
    ...(name === undefined ? {} : { name }),
    ...(callerId === undefined ? {} : { callerId }),
    ...(muted === undefined ? {} : { muted }),
    ...(from === undefined ? {} : { from }),
  };
}

// The three below come from our own background and engine, which built them with the same types: their outline is enough.
function phoneSettings(value: unknown): PhoneSettings {
  const settings = record(value, 'settings');
  list(settings['lines'], 'lines', 32).forEach((line) => lineId(record(line, 'line')['id']));
  record(settings['devices'], 'devices');
  record(settings['ring'], 'ring');
  return value as PhoneSettings;
}

function resumed(value: unknown): Resume {
  const resume = record(value, 'resume');
  lineId(resume['line']);
  text(resume['sessid'], 'sessid', 256);
  list(resume['calls'], 'calls', 32);
  return value as Resume;
}

function parkedCall(value: unknown): ParkedView {
  const parked = record(value, 'parked');
  const { at } = parked;
  if (typeof at !== 'number') throw bad('at');
  return { line: lineId(parked['line']), place: text(parked['place'], 'place', 128), who: party(parked['who']), at };
}

function finishedCall(value: unknown): FinishedCall {
  const call = record(value, 'call');
  callId(call['id']);
  record(call['cause'], 'cause');
  return value as FinishedCall;
}

function writtenMessage(value: unknown): WrittenMessage {
  const message = record(value, 'message');
  const at = message['at'];
  if (typeof at !== 'number') throw bad('at');
  return {
    id: text(message['id'], 'id', 128),
    line: lineId(message['line']),
    from: party(message['from']),
    text: text(message['text'], 'text', LONGEST_MESSAGE),
    at,
  };
}

function party(value: unknown): Party {
  const { name, number } = record(value, 'party');
  return {
    name: optional(name || null, (given) => text(given, 'name', 256)) ?? null,
    number: optional(number || null, (given) => text(given, 'number', 256)) ?? null,
  };
}

function declineReason(value: unknown): DeclineReason {
  if (value !== 'busy' && value !== 'away' && value !== 'unwanted') throw bad('reason');
  return value;
}

function isoCountry(value: unknown): string {
  const country = text(value, 'country', 2);
  if (!/^[A-Z]{2}$/.test(country)) throw bad('country');
  return country;
}

function callId(value: unknown): CallId {
  return text(value, 'call', 128) as CallId;
}

function lineId(value: unknown): LineId {
  return text(value, 'line', 128) as LineId;
}

function text(value: unknown, field: string, longest: number): string {
  if (typeof value !== 'string' || value === '' || value.length > longest) throw bad(field);
  return value;
}

function flag(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw bad(field);
  return value;
}

function list(value: unknown, field: string, longest: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > longest) throw bad(field);
  return value;
}

function record(value: unknown, field: string): Record<string, unknown> {
  if (!isRecord(value)) throw bad(field);
  return value;
}

// JSON spells a missing argument as null.
function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

function bad(field: string): PhoneError {
  return new PhoneError('bad-message', { field });
}
