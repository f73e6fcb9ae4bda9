/** The dialects against what real clients and a real FreeSWITCH said. */

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../gateway/fields';
import { fields, isFields, parse, text } from '../../gateway/fields';
import type { LegFacts, Verb } from '../../gateway/speak/speak';
import { telnyx } from '../../gateway/speak/telnyx';
import { verto } from '../../gateway/speak/verto';

const folder = new URL('../transcripts/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

function frames(file: string, direction: 'c->s' | 's->c'): readonly Fields[] {
  return readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const record = parse(line);
      const frame = record?.['dir'] === direction ? record['msg'] : null;
      return isFields(frame) ? [frame] : [];
    });
}

const requests = (file: string, direction: 'c->s' | 's->c') =>
  frames(file, direction).filter((frame) => text(frame, 'method') !== null);

describe('what the official SDK says', () => {
  it.each(files.filter((name) => name.startsWith('telnyx-')))('is understood in %s', (file) => {
    const read = requests(file, 'c->s').map((frame) =>
      telnyx.read(text(frame, 'method') ?? '', fields(frame, 'params')),
    );
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter(({ verb }) => verb === 'unknown' || verb === 'malformed')).toEqual([]);
  });

  it('is read to the detail', () => {
    const [invite] = requests('telnyx-sdk-headers.jsonl', 'c->s').filter(
      ({ method }) => method === 'telnyx_rtc.invite',
    );
    const request = telnyx.read('telnyx_rtc.invite', fields(invite ?? {}, 'params'));
    expect(request).toMatchObject({
      verb: 'invite',
      trickles: false,
      dialog: { callId: expect.stringMatching(/^[0-9a-f-]{36}$/), headers: [{ name: expect.stringMatching(/^X-/) }] },
    });
  });
});

describe('what a client says to FreeSWITCH', () => {
  it.each(files.filter((name) => name.startsWith('freeswitch-') && !name.includes('login')))(
    'is understood in %s',
    (file) => {
      const read = requests(file, 'c->s').map((frame) =>
        verto.read(text(frame, 'method') ?? '', fields(frame, 'params')),
      );
      expect(read.length).toBeGreaterThan(0);
      expect(read.filter(({ verb }) => verb === 'unknown' || verb === 'malformed')).toEqual([]);
    },
  );

  it('is unknown where FreeSWITCH says so too', () => {
    const unknown = requests('freeswitch-login.jsonl', 'c->s').filter(
      (frame) => verto.read(text(frame, 'method') ?? '', fields(frame, 'params')).verb === 'unknown',
    );
    const refused = frames('freeswitch-login.jsonl', 's->c').filter(
      (frame) => fields(frame, 'error')['code'] === -32_601,
    );
    expect(unknown.map(({ id }) => id)).toEqual(expect.arrayContaining(refused.map(({ id }) => id)));
    expect(unknown.length).toBeGreaterThan(0);
  });
});

describe('what FreeSWITCH says', () => {
  const facts: LegFacts = {
    callId: 'c',
    callerName: 'Alice',
    callerNumber: '1000',
    calleeName: 'Outbound Call',
    calleeNumber: '1001',
    direction: 'outbound',
    controlId: '-',
    sessionId: '-',
    legId: '-',
    headers: [],
    clientState: null,
  };
  const extra: Partial<Record<Verb, Fields>> = {
    invite: { sdp: 'v=0' },
    attach: { sdp: 'v=0' },
    media: { sdp: 'v=0' },
    answer: { sdp: 'v=0' },
    bye: { cause: 'NORMAL_CLEARING', causeCode: 16, sipCode: 200 },
    display: { display_name: 'Bob', display_number: '1001' },
  };

  it.each([
    ['invite', 'freeswitch-in-1000-1001.jsonl'],
    ['answer', 'freeswitch-out-9196.jsonl'],
    ['attach', 'freeswitch-attach-cut-9197.jsonl'],
    ['bye', 'freeswitch-out-busy.jsonl'],
    ['display', 'freeswitch-transfer.jsonl'],
  ] as const)('has the same members as our %s', (verb, file) => {
    const [real] = requests(file, 's->c').filter(({ method }) => method === `verto.${verb}`);
    const ours = Object.keys(verto.tell(verb, facts, extra[verb] ?? {}));
    expect(ours.sort()).toEqual(
      Object.keys(fields(real ?? {}, 'params'))
        .filter((key) => !(verb === 'answer' && key === 'variables'))
        .sort(),
    );
  });
});
