/** The theatre of a play: one gateway, and browsers with the extension that are signed in to it. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway } from '../../../gateway/gateway';
import type { Gateway, GatewayOptions } from '../../../gateway/gateway';
import { Stage } from '../../../scripts/stage/chromium';
import { stageExtension } from '../../../scripts/stage/extension';
import { openSite } from '../../../scripts/stage/site';
import type { Site } from '../../../scripts/stage/site';
import { writeTone } from '../../../scripts/stage/tone';
import { Actor } from './actor';
import { PLAYED, storageIn } from './dialects';

export interface Role {
  /** What the microphone hears, in Hz; the browser's own beeps unless told. */
  readonly speaks?: number;
  readonly permission?: 'granted' | 'denied' | 'ask';
  /** Sites where numbers are marked, as match patterns. */
  readonly sites?: readonly string[];
  /** Optional permissions of the extension that the person gave. */
  readonly granted?: readonly string[];
  /** Something else than the account's own password. */
  readonly password?: string;
  /** Another port than the gateway's. */
  readonly port?: number;
  /** More settings, by their keys in storage. */
  readonly settings?: object;
  /** False: no account is set up at all. */
  readonly account?: boolean;
}

const LOOPBACK = 'http://127.0.0.1/*';

export class Theatre {
  readonly gateway: Gateway;
  readonly #folder: string;
  readonly #closing: (() => Promise<unknown>)[] = [];

  private constructor(gateway: Gateway, folder: string) {
    this.gateway = gateway;
    this.#folder = folder;
  }

  static async open(options: GatewayOptions = {}): Promise<Theatre> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
    return new Theatre(await startGateway(options), folder);
  }

  /** A browser whose extension is signed in as that account of the gateway. */
  async actor(user: 'alice' | 'bob' | 'carol', role: Role = {}): Promise<Actor> {
    const account = this.gateway.accounts.find((known) => known.user === user);
    if (!account) throw new Error(`the gateway has no account ${user}`);
    const stage = await this.#open(user, role);
    const actor = new Actor(stage, account);
    await actor.clearStage();
    const line =
      role.account === false
        ? {}
        : storageIn(PLAYED, role.port ?? this.gateway.port, { user, password: role.password ?? account.password });
    // In one write: a line that signed in before its options came would be ready, and then be made anew.
    await stage.store({ ...line, ...role.settings });
    return actor;
  }

  /** That person's browser is ended and started again, with its profile. */
  async restart({ stage, account }: Actor, role: Role = {}): Promise<Actor> {
    await stage.close();
    return new Actor(await this.#open(account.user, role), account);
  }

  async #open(user: string, role: Role): Promise<Stage> {
    const staged = join(this.#folder, `${user}-extension`);
    const extension = await stageExtension(staged, role.sites ?? [LOOPBACK], role.granted);
    const microphone =
      role.speaks === undefined ? 'beeps' : { wav: await writeTone(join(this.#folder, `${user}.wav`), role.speaks) };
    const stage = await Stage.open({
      program: process.env['HOLDFAST_CHROMIUM'] ?? 'chromium',
      extension,
      profile: join(this.#folder, user),
      headless: true,
      microphone,
      permission: role.permission ?? 'granted',
    });
    this.#closing.push(() => stage.close());
    return stage;
  }

  async site(page: string): Promise<Site> {
    const site = await openSite(page);
    this.#closing.push(() => site.close());
    return site;
  }

  async close(): Promise<void> {
    // Browsers first, so that nobody tries to sign in again to a gateway that is gone.
    for (const close of this.#closing.reverse()) await close();
    await this.gateway.close();
    // The browser's last children may still write while they end.
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
