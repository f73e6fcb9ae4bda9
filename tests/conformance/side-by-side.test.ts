/** The same plays with the official SDK and with ours: what the gateway is told may differ only as docs/PROTOCOL.md says. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway';
import { openStage, type Stage, type Which } from './browser';
import { differences, saidBy, type Said } from './normalise';
import { PLAYS, type Performer, type Play } from './plays';
import { fits, readTable } from './table';

let gateway: Gateway;
let stage: Stage;
const listed = readTable('differences');

beforeAll(async () => {
  gateway = await startGateway({ timing: { ringMs: 50, slowRingMs: 300 }, pingMs: 0, trickle: false });
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
  await gateway.close();
});

async function perform(which: Which, { run }: Play): Promise<readonly Said[]> {
  const page: Page = await stage.page(which);
  const play = <T>(name: string, ...given: readonly unknown[]): Promise<T> =>
    page.evaluate<T>(`plays[${JSON.stringify(name)}](...${JSON.stringify(given)})`);
  const on: Performer = {
    gateway,
    play,
    async signIn(options = {}) {
      const named = 'login_token' in options || 'anonymous_login' in options;
      const password = gateway.accounts.find(({ user }) => user === 'alice')?.password;
      await play('signIn', { host: gateway.url, ...(named ? {} : { login: 'alice', password }), ...options });
    },
  };
  gateway.forgetFrames();
  try {
    await run(on);
    return saidBy(gateway.frames());
  } finally {
    await page.context().close();
    gateway.faults.restart();
  }
}

const found = new Set<string>();

describe('both clients', () => {
  it.each(PLAYS)('$name', async (play) => {
    const official = await perform('official', play);
    const ours = await perform('ours', play);
    const differ = differences(official, ours);
    for (const difference of differ) for (const row of listed) if (fits(row, difference)) found.add(row);
    expect(differ.filter((difference) => !listed.some((row) => fits(row, difference)))).toEqual([]);
  });
});

describe('the table of differences', () => {
  it('lists none that is not there', () => {
    expect(listed.filter((row) => !found.has(row))).toEqual([]);
  });
});
