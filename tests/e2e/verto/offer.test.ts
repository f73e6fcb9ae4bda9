/** What a FreeSWITCH really wrote, given to a real browser: no mid, no BUNDLE, no telephone-event, RTP/SAVPF. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab, type Lab } from '../web/browser';

let chromium: Lab;
beforeAll(async () => {
  chromium = await openLab();
});
afterAll(() => chromium.close());

function recorded(name: string, method: string): string {
  const text = readFileSync(new URL(`../../transcripts/freeswitch-${name}.jsonl`, import.meta.url), 'utf8');
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const { dir, msg } = JSON.parse(line) as { dir: string; msg?: { method?: string; params?: { sdp?: string } } };
    if (dir === 's->c' && msg?.method === method && msg.params?.sdp) return msg.params.sdp;
  }
  throw new Error(`there is no ${method} in ${name}`);
}

it.each([
  ['in-1000-1001', 'verto.invite'],
  ['attach-cut-9197', 'verto.attach'],
])('answers the offer of %s (%s) with its candidates in it', async (name, method) => {
  const offer = recorded(name, method);
  expect(offer).not.toMatch(/a=mid|BUNDLE/);
  const answer = await chromium.page.evaluate(async (sdp) => {
    const peer = lab.peer();
    const written = await peer.answer(lab.toneMicrophone(700), sdp);
    peer.close();
    return written;
  }, offer);
  expect(answer).toMatch(/^a=candidate:.* udp /m);
  expect(answer).toContain('a=sendrecv');
  expect(answer).toMatch(/^a=rtpmap:\d+ opus\/48000\/2/m);
});

it('takes the answer to its own offer, and the same again', async () => {
  const state = await chromium.page.evaluate(
    async (sdp) => {
      const peer = lab.peer();
      await peer.offer(lab.toneMicrophone(700));
      await peer.accept(sdp);
      await peer.accept(sdp);
      const taken = peer.remoteSdp();
      peer.close();
      return taken;
    },
    recorded('out-9196', 'verto.answer'),
  );
  expect(state).toContain('UDP/TLS/RTP/SAVPF 111 110');
});
