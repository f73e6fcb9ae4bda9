/** The few lines of a session description that the gateway reads for itself. */

import type { CodecName } from './packet';

/** What a client knows a transport by (RFC 8839 section 5.4). */
export interface IceIdentity {
  readonly ufrag: string;
  readonly password: string;
}

/** The first media section's ICE credentials; null when there are none. */
export function iceOf(sdp: string | undefined): IceIdentity | null {
  const ufrag = /^a=ice-ufrag:(\S+)/m.exec(sdp ?? '')?.[1];
  const password = /^a=ice-pwd:(\S+)/m.exec(sdp ?? '')?.[1];
  return ufrag && password ? { ufrag, password } : null;
}

/** Value of the first `a=fingerprint` (RFC 8122), case folded; null when there is none. */
export function fingerprintOf(sdp: string): string | null {
  return /^a=fingerprint:(\S+ \S+)/im.exec(sdp)?.[1]?.toUpperCase() ?? null;
}

/** The codecs of ours that a description names, with its payload types, in its order. */
export function offeredCodecs(sdp: string): Map<CodecName, number> {
  const found = new Map<CodecName, number>();
  for (const type of /^m=audio \S+ \S+ (.+)$/m.exec(sdp)?.[1]?.trim().split(' ') ?? []) {
    const name = new RegExp(`^a=rtpmap:${type} ([^/]+)`, 'm').exec(sdp)?.[1]?.toLowerCase();
    if (name === 'opus') found.set('opus', Number(type));
    if (name === 'pcmu' || (type === '0' && !name)) found.set('pcmu', Number(type));
  }
  return found;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Of the first candidate that a FreeSWITCH would take: RTP over UDP to an IPv4 address; null where there is none. */
export function firstAddress(sdp: string): Address | null {
  const found = /^a=candidate:\S+ 1 udp \d+ (\d+(?:\.\d+){3}) (\d+) /im.exec(sdp);
  return found?.[1] === undefined ? null : { host: found[1], port: Number(found[2]) };
}

/** The description without its candidates, for a peer that trickles them. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
}

/** The description with a mid for its one section, which werift needs and mod_verto's clients do not send. */
export function withMid(sdp: string): string {
  return /^a=mid:/m.test(sdp) ? sdp : `${sdp.trimEnd()}\r\na=mid:0\r\n`;
}
