/** The options of one `newCall`, by the names of Telnyx's documentation (reference, section 9.3); checked like all others. */

import type { CallOverrides } from './call-overrides';
import type { Dialling } from './call-plan';
import type { CustomHeaders, MediaOptions } from './line-options';
import { PhoneError } from './model/errors';
import type { DeviceId } from './model/ids';
import { OptionReader } from './option-reader';
import { requireRelay } from './options';
import type { IceServer } from './ports';
import { readSent, type PreferredCodecs } from './sent-options';

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
  readonly customHeaders?: CustomHeaders;
  readonly preferred_codecs?: PreferredCodecs;
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
  const sent = readSent(read);
  const dialling = {
    to: read.text('destinationNumber'),
    digits: '',
    name: read.text('remoteCallerName'),
    callerId: read.text('callerNumber'),
    callerName: read.text('callerName'),
    muted: false,
    from: null,
    ...given('headers', sent.headers),
    ...given('clientState', sent.clientState),
    ...given('codecs', sent.codecs),
    ...given('leg', read.text('id')),
    overrides,
  };
  const speaker = read.text('speakerId') as DeviceId | null;
  const faults = read.finish();
  if (faults.length > 0) throw new PhoneError('bad-option', { faults: faults.map((fault) => ({ ...fault })) });
  return { dialling, speaker };
}

/** The member, or none where there is nothing to say. */
function given<Key extends string, Value>(key: Key, value: Value | null): { readonly [K in Key]?: Value } {
  return (value === null ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}
