/** The same plays with the official SDK and with ours: what the gateway is told may differ only as docs/PROTOCOL.md says. */

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway';
import { eventually } from '../gateway/eventually';
import { openStage, type Stage, type Which } from './browser';
import { acknowledges, hasSaid, heardFrames, isAllAcknowledged } from './exchanged';
import { TurnServer } from '../faults/turn';
import { differences, saidBy, type Said } from './normalise';
import { until } from '../../scripts/stage/until';
import { ADDRESSES, PLAYS, WAYS_BACK, type Performer, type Play } from './plays';
import { fits, readTable } from './table';

let gateway: Gateway;
let stage: Stage;
let turn: TurnServer;
const listed = readTable('differences');

beforeAll(async () => {
  gateway = await startGateway({ timing: { ringMs: 50, slowRingMs: 300 }, pingMs: 0, trickle: false });
  stage = await openStage();
  turn = await TurnServer.start();
});
afterAll(async () => {
  await stage.close();
  await turn.kill();
  await gateway.close();
});

async function perform(which: Which, { run }: Play): Promise<readonly Said[]> {
  const page: Page = await stage.page(which);
  const play = <T>(name: string, ...given: readonly unknown[]): Promise<T> =>
    page.evaluate<T>(`plays[${JSON.stringify(name)}](...${JSON.stringify(given)})`);
  const on: Performer = {
    gateway,
    turn,
    play,
    told: (method) => eventually(`${method} is told`, () => hasSaid(gateway.frames(), method)),
    acknowledged: (method) => eventually(`${method} is acknowledged`, () => acknowledges(gateway.frames(), method)),
    signedInAgain: (after) =>
      eventually('the client is ready again', () => hasSaid(gateway.frames().slice(after), 'telnyx_rtc.gatewayState')),
    async signIn(options = {}) {
      const named = 'login_token' in options || 'anonymous_login' in options;
      const password = gateway.accounts.find(({ user }) => user === 'alice')?.password;
      await play('signIn', { host: gateway.url, ...(named ? {} : { login: 'alice', password }), ...options });
    },
  };
  gateway.forgetFrames();
  try {
    await run(on);
    // What the client said last may still be on its way, or an answer that it owes.
    await until('all is heard that was said', async () => {
      const sent = await play<number>('sent');
      return isAllAcknowledged(gateway.frames()) && heardFrames(gateway.frames()) === sent;
    });
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

describe('the address', () => {
  const addressOf = async (which: Which, options: object): Promise<string> => {
    const page = await stage.page(which);
    try {
      const given = JSON.stringify({ login: 'alice', password: 'example-only', ...options });
      await page.evaluate(`plays.make(${given}); void plays.connect();`);
      return new URL(await page.evaluate<string>('plays.opensSocket()')).href;
    } finally {
      await page.context().close();
    }
  };

  it.each(ADDRESSES)('is the same for both with $options, or another on purpose', async (wanted) => {
    const { options, address, ours = address } = wanted;
    expect(await Promise.all([addressOf('official', options), addressOf('ours', options)])).toEqual([address, ours]);
  });
});

describe('the way back', () => {
  const doorOf = async (which: Which, options: object): Promise<string | undefined> => {
    const page = await stage.page(which);
    const doors = (): readonly string[] =>
      gateway.frames().flatMap(({ direction, frame }) => (direction === 'open' ? [String(frame)] : []));
    gateway.forgetFrames();
    try {
      const password = gateway.accounts.find(({ user }) => user === 'alice')?.password;
      const given = JSON.stringify({ host: gateway.url, login: 'alice', password, ...options });
      await page.evaluate(`plays.signIn(${given})`);
      gateway.faults.close({ user: 'alice' });
      await eventually('it is back', () => doors().length === 2);
      return doors()[1]?.replace(/(voice_sdk_id=)[^&]+/, '$1…');
    } finally {
      await page.context().close();
      gateway.faults.restart();
    }
  };

  it.each(WAYS_BACK)('is the same for both with $options', async ({ options, door }) => {
    expect([await doorOf('official', options), await doorOf('ours', options)]).toEqual([door, door]);
  });
});

describe('the table of differences', () => {
  it('lists none that is not there', () => {
    expect(listed.filter((row) => !found.has(row))).toEqual([]);
  });
});
