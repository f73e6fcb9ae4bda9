import { describe, expect, it } from 'vitest';
import {
  BURST_MS,
  promised,
  RELAY_MS,
  sendAt,
  SERVERS_MS,
  type Gathered,
  type Wanted,
} from '../../../lib/phone/web/gathering';

const ALONE: Wanted = { stun: false, turn: false, relayOnly: false, gatherMs: 1_000 };
const STUN: Wanted = { ...ALONE, stun: true };
const BOTH: Wanted = { ...STUN, turn: true };
const udp = (kind: Gathered['kind'], at: number): Gathered => ({ kind, protocol: 'udp', at });
const tcp = (at: number): Gathered => ({ kind: 'host', protocol: 'tcp', at });

describe('a description that carries its candidates', () => {
  it('waits while there is none, whatever the limit', () => {
    expect(sendAt([], { ...ALONE, gatherMs: 0 })).toBeNull();
  });

  it('leaves after the burst of host candidates where no server is asked', () => {
    expect(sendAt([udp('host', 5)], ALONE)).toBe(5 + BURST_MS);
    expect(sendAt([udp('host', 5), udp('host', 9)], ALONE)).toBe(9 + BURST_MS);
  });

  it('leaves at once with a TCP candidate where no server is asked, since those come last', () => {
    expect(sendAt([udp('host', 5), tcp(8)], ALONE)).toBe(8);
    expect(sendAt([tcp(120)], ALONE)).toBe(120);
  });

  it('waits for the address that the STUN server sees, and no longer', () => {
    expect(sendAt([udp('host', 5)], STUN)).toBe(5 + SERVERS_MS);
    expect(sendAt([udp('host', 5), udp('srflx', 40)], STUN)).toBe(40 + BURST_MS);
  });

  it('gives a relay a little more time once UDP is known to get out', () => {
    expect(sendAt([udp('host', 5), udp('srflx', 40)], BOTH)).toBe(40 + RELAY_MS);
    expect(sendAt([udp('host', 5), udp('srflx', 40), udp('relay', 90)], BOTH)).toBe(90 + BURST_MS);
  });

  it('is not held up by servers that stay silent, TCP candidates or not', () => {
    expect(sendAt([udp('host', 5), tcp(120)], BOTH)).toBe(5 + SERVERS_MS);
  });

  it('never waits longer after the first candidate than it may', () => {
    expect(sendAt([udp('host', 5)], { ...BOTH, gatherMs: 80 })).toBe(85);
    expect(sendAt([udp('host', 5)], { ...ALONE, gatherMs: 0 })).toBe(5);
  });

  it('waits for the first relay where only relays count', () => {
    const relayOnly: Wanted = { ...BOTH, relayOnly: true };
    expect(sendAt([], relayOnly)).toBeNull();
    expect(sendAt([udp('relay', 700)], relayOnly)).toBe(700 + BURST_MS);
  });
});

describe('what the servers promise', () => {
  it('is read from their schemes', () => {
    expect(promised([])).toEqual({ stun: false, turn: false });
    expect(promised([{ urls: 'stun:a' }])).toEqual({ stun: true, turn: false });
    expect(promised([{ urls: ['TURNS:a', 'stuns:b'] }])).toEqual({ stun: true, turn: true });
  });
});
