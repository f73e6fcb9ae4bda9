/** What is measured: three ways to gather candidates, call after call, the two clients in turn. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Gateway } from '../../gateway/gateway';
import type { SignIn } from './client';
import type { Measured } from './instruments';
import { NAMES, type BenchPage, type Name, type Stage } from './stage';

export interface Play {
  readonly title: string;
  readonly trickle: boolean;
  readonly servers: 'none' | 'silent';
}

export const PLAYS: readonly Play[] = [
  { title: 'no ICE servers, candidates in the offer', trickle: false, servers: 'none' },
  { title: 'no ICE servers, trickle', trickle: true, servers: 'none' },
  { title: 'ICE servers that stay silent, candidates in the offer', trickle: false, servers: 'silent' },
];

/** The bot that answers and plays 440 Hz. */
const TONE = '2';
const WARM_UP = 3;
/** For the sockets of the last call to close. */
const REST_MS = 100;
const USERS: Readonly<Record<Name, number>> = { official: 0, ours: 1 };

export interface Outcome {
  readonly play: Play;
  readonly calls: Readonly<Record<Name, readonly Measured[]>>;
  /** Socket open to ready, one for each signing in. */
  readonly ready: Readonly<Record<Name, readonly number[]>>;
  /** After the calls, everything hung up. */
  readonly heap: Readonly<Record<Name, number | null>>;
}

export async function perform(play: Play, stage: Stage, gateway: Gateway, calls: number): Promise<Outcome> {
  const silent = createSocket('udp4').bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = `127.0.0.1:${silent.address().port}`;
  const silentServers = [
    { urls: `stun:${address}` },
    { urls: `turn:${address}`, username: 'bench', credential: 'bench' },
  ];
  const how = { url: gateway.url, trickle: play.trickle, iceServers: play.servers === 'none' ? [] : silentServers };
  const pages = { official: await stage.page('official'), ours: await stage.page('ours') };
  const measured: Record<Name, Measured[]> = { official: [], ours: [] };
  const ready: Record<Name, number[]> = { official: [], ours: [] };
  try {
    for (let round = -WARM_UP; round < calls; round += 1) {
      for (const name of NAMES) {
        if (round > -WARM_UP) await signOff(pages[name]);
        const took = await signIn(pages[name], { ...how, ...accountOf(gateway, name) });
        if (round >= 0) ready[name].push(took);
      }
    }
    for (let round = -WARM_UP; round < calls; round += 1) {
      for (const name of round % 2 === 0 ? NAMES : NAMES.toReversed()) {
        const one = await pages[name].page.evaluate((to) => bench.call(to), TONE);
        await quiet(gateway);
        if (round >= 0) measured[name].push(one);
      }
    }
    const heap = { official: await pages.official.heap(), ours: await pages.ours.heap() };
    for (const name of NAMES) await signOff(pages[name]);
    return { play, calls: measured, ready, heap };
  } finally {
    for (const name of NAMES) await pages[name].close();
    silent.close();
  }
}

/** The gateway has let go of the last call, so that tidying up after one client does not delay the other. */
async function quiet(gateway: Gateway): Promise<void> {
  while (gateway.bots().length > 0) await setTimeout(10);
  await setTimeout(REST_MS);
}

function accountOf(gateway: Gateway, name: Name): Pick<SignIn, 'user' | 'password'> {
  const account = gateway.accounts[USERS[name]];
  if (account === undefined) throw new Error('the gateway has too few accounts');
  return { user: account.user, password: account.password };
}

function signIn({ page }: BenchPage, how: SignIn): Promise<number> {
  return page.evaluate((how) => bench.signIn(how), how);
}

function signOff({ page }: BenchPage): Promise<void> {
  return page.evaluate(() => bench.signOff());
}
