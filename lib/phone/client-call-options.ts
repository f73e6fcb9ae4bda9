/** The options of one `newCall`, by the names of Telnyx's documentation (reference, section 9.3); checked like all others. */

import type { CallOverrides } from './call-overrides';
import type { Dialling } from './call-plan';
import { fields, list, optStr } from './dialects/fields';
import type { MediaOptions } from './line-options';
import { PhoneError } from './model/errors';
import type { DeviceId } from './model/ids';
import { OptionReader } from './option-reader';
import { requireRelay } from './options';
import type { IceServer } from './ports';

export interface NewCallOptions {
  /** Needed, except where an assistant is called. */
  readonly destinationNumber?: string;
  /** The wire's id; a fresh UUID without it. */
  readonly id?: string;
  readonly callerName?: string;
  readonly callerNumber?: string;
  readonly remoteCallerName?: string;
  /** Base64, for Call Control. */
  readonly clientState?: string;
  readonly customHeaders?: readonly { readonly name: string; readonly value: string }[];
  /** In order of preference; the browser's others follow. */
  readonly preferred_codecs?: readonly { readonly mimeType: string }[];
  readonly micId?: string;
  readonly speakerId?: string;
  readonly userVariables?: { readonly [key: string]: string | number | boolean };
  readonly iceServers?: readonly IceServer[];
  readonly forceRelayCandidate?: boolean;
  readonly trickleIce?: boolean;
  readonly prefetchIceCandidates?: boolean;
  readonly mutedMicOnStart?: boolean;
  readonly debug?: boolean;
  readonly debugOutput?: 'file' | 'socket';
}

/** Throws `bad-option` with every fault at once. `debugging` is where the line's reports go, `line` what its calls have. */
export function readCallOptions(
  raw: unknown,
  debugging: 'file' | 'socket',
  line: MediaOptions,
): { readonly dialling: Dialling; readonly speaker: DeviceId | null } {
  const read = new OptionReader(raw);
  const debug = read.flag('debug');
  const output = read.oneOf('debugOutput', ['file', 'socket'] as const) ?? debugging;
  const microphone = read.text('micId');
  const userVariables = read.variables('userVariables');
  const overrides: CallOverrides = {
    ...given('iceServers', read.iceServers('iceServers')),
    ...given('relayOnly', read.flag('forceRelayCandidate')),
    ...given('trickle', read.flag('trickleIce')),
    ...given('prefetch', read.flag('prefetchIceCandidates')),
    ...given('muted', read.flag('mutedMicOnStart')),
    ...given('userVariables', userVariables),
    ...given('debug', debug === null ? null : debug ? output : ('off' as const)),
    ...given('device', microphone as DeviceId | null),
  };
  requireRelay(read, overrides.relayOnly ?? line.relayOnly, overrides.iceServers ?? line.iceServers);
  const dialling = {
    to: read.text('destinationNumber'),
    digits: '',
    name: read.text('remoteCallerName'),
    callerId: read.text('callerNumber'),
    callerName: read.text('callerName'),
    muted: false,
    from: null,
    headers: headers(read),
    clientState: read.text('clientState'),
    codecs: codecs(read),
    ...given('leg', read.text('id')),
    overrides,
  };
  const speaker = read.text('speakerId') as DeviceId | null;
  const faults = read.finish();
  if (faults.length > 0) throw new PhoneError('bad-option', { faults: faults.map((fault) => ({ ...fault })) });
  return { dialling, speaker };
}

function headers(read: OptionReader): { readonly name: string; readonly value: string }[] {
  const value = read.any('customHeaders');
  const pairs = list(value).flatMap((entry) => {
    const [name, text] = [optStr(fields(entry), 'name'), fields(entry)['value']];
    return name !== null && typeof text === 'string' ? [{ name, value: text }] : [];
  });
  if (value !== undefined && (!Array.isArray(value) || pairs.length !== value.length))
    read.fault('customHeaders', value, 'a list of name and value');
  return pairs;
}

function codecs(read: OptionReader): readonly string[] {
  const value = read.any('preferred_codecs');
  const types = list(value).flatMap((entry) => optStr(fields(entry), 'mimeType') ?? []);
  if (value !== undefined && (!Array.isArray(value) || types.length !== value.length))
    read.fault('preferred_codecs', value, 'a list of codecs with their mimeType');
  return types;
}

/** The member, or none where there is nothing to say. */
function given<Key extends string, Value>(key: Key, value: Value | null): { readonly [K in Key]?: Value } {
  return (value === null ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}
