/** The few lines of a session description that tell whether a call can come of it; pure. */

import type { Sdp } from './ports';

export interface Described {
  /** The first codec that carries a voice; null where the audio is refused, or has none (RFC 3264, section 6). */
  readonly codec: string | null;
  /** ICE credentials and somewhere to send to (RFC 8839, sections 5.1 and 5.4). */
  readonly reachable: boolean;
  /** The certificate that the DTLS handshake will show (RFC 8122, section 5). */
  readonly encrypted: boolean;
  /** Every address is an `.local` name: a browser hides them until it may use the microphone (RFC 8828, section 5.2). */
  readonly hidden: boolean;
}

/** Payload types that need no rtpmap (RFC 3551, section 6). */
const STATIC: { readonly [type: string]: string } = { '0': 'PCMU', '8': 'PCMA', '9': 'G722' };
/** Carried beside a voice, not instead of one. */
const NO_VOICE = /^(?:telephone-event|CN|red|ulpfec|rtx)$/iu;

export function described(sdp: Sdp): Described {
  const addresses = [...sdp.matchAll(/^a=candidate:\S+ \d+ \S+ \d+ (\S+)/gmu)].map(([, address = '']) => address);
  const has = (line: string): boolean => new RegExp(`^a=${line}:\\S`, 'mu').test(sdp);
  return {
    codec: codecOf(sdp),
    reachable: has('ice-ufrag') && has('ice-pwd') && addresses.length > 0,
    encrypted: has('fingerprint'),
    hidden: addresses.length > 0 && addresses.every((address) => address.endsWith('.local')),
  };
}

function codecOf(sdp: Sdp): string | null {
  const [, port, types = ''] = /^m=audio (\d+)\S* \S+ (.+)$/mu.exec(sdp) ?? [];
  if (port === undefined || port === '0') return null;
  const names = types
    .trim()
    .split(/\s+/u)
    .map((type) => new RegExp(`^a=rtpmap:${type} ([^/\\s]+)`, 'mu').exec(sdp)?.[1] ?? STATIC[type]);
  return names.find((name) => name !== undefined && !NO_VOICE.test(name)) ?? null;
}
