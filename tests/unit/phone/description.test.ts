import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { described } from '../../../lib/phone/description';

const ICE = 'a=ice-ufrag:u\r\na=ice-pwd:p\r\na=fingerprint:sha-256 AA:BB\r\n';
const HOST = 'a=candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host\r\n';
const audio = (line: string, rest = `${ICE}${HOST}`): string => `v=0\r\nm=audio ${line}\r\n${rest}`;

describe('the codec of an answer', () => {
  it.each([
    ['opus', '9 UDP/TLS/RTP/SAVPF 111 101', 'a=rtpmap:111 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n'],
    ['PCMU', '16384 UDP/TLS/RTP/SAVPF 101 0', 'a=rtpmap:101 telephone-event/8000\r\n'],
    ['PCMA', '16384 RTP/SAVPF 8 13', 'a=rtpmap:13 CN/8000\r\n'],
    [null, '16384 RTP/SAVPF 101 13', 'a=rtpmap:101 telephone-event/8000\r\na=rtpmap:13 CN/8000\r\n'],
    [null, '16384 RTP/SAVPF 120', ''],
    [null, '0 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2\r\n'],
  ])('is %s of "%s"', (codec, line, maps) => {
    expect(described(audio(line, maps)).codec).toBe(codec);
  });

  it('is none where there is no audio at all', () => {
    expect(described('v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n').codec).toBeNull();
    expect(described('').codec).toBeNull();
  });
});

it('says whether there is a way to it, and whether it is encrypted', () => {
  expect(described(audio('9 RTP/SAVPF 0'))).toMatchObject({ reachable: true, encrypted: true, hidden: false });
  expect(described(audio('9 RTP/SAVPF 0', HOST))).toMatchObject({ reachable: false, encrypted: false });
  expect(described(audio('9 RTP/SAVPF 0', ICE))).toMatchObject({ reachable: false, encrypted: true, hidden: false });
});

it('sees that a browser hides every address, and not where one is shown', () => {
  const name = 'a=candidate:1 1 udp 2113937151 0b2f6d0e-1c1a-4ac1.local 50000 typ host\r\n';
  const seen = 'a=candidate:2 1 udp 1677729535 198.51.100.4 50000 typ srflx raddr 0.0.0.0 rport 0\r\n';
  expect(described(audio('9 RTP/SAVPF 0', `${ICE}${name}`)).hidden).toBe(true);
  expect(described(audio('9 RTP/SAVPF 0', `${ICE}${name}${seen}`)).hidden).toBe(false);
});

it.each([
  ['out-9196', 'verto.answer'],
  ['dtmf-9193', 'verto.answer'],
  ['in-1000-1001', 'verto.invite'],
  ['attach-cut-9197', 'verto.attach'],
])('finds nothing missing in what a FreeSWITCH really wrote: %s, %s', (name, method) => {
  const text = readFileSync(new URL(`../../transcripts/freeswitch-${name}.jsonl`, import.meta.url), 'utf8');
  const said = text.split('\n').flatMap((line) => {
    const { dir, msg } = JSON.parse(line || '{}') as {
      dir?: string;
      msg?: { method?: string; params?: { sdp?: string } };
    };
    return dir === 's->c' && msg?.method === method ? (msg.params?.sdp ?? []) : [];
  });
  expect(said.length).toBeGreaterThan(0);
  for (const sdp of said)
    expect(described(sdp)).toEqual({ codec: 'opus', reachable: true, encrypted: true, hidden: false });
});
