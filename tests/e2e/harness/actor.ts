/** One person at one browser: what they do, and what their phone says of itself. */

import type { Page } from 'playwright';
import type { Account } from '../../../gateway/accounts';
import type { BackgroundApi, EngineApi } from '../../../lib/extension/contract';
import type { CallState } from '../../../lib/phone/model/call-state';
import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import type { SessionState } from '../../../lib/phone/model/session-state';
import { gatewayStorage } from '../../../lib/extension/preset';
import type { Stage } from '../../../scripts/stage/chromium';
import { until } from '../../../scripts/stage/until';

type Phase<State extends { phase: string }, P extends State['phase']> = Extract<State, { phase: P }>;
type Reply = { ok: unknown } | { failed: { reason: string } };

export class Actor {
  readonly stage: Stage;
  readonly account: Account;
  /** A page of ours to send messages from: the settings, which have no part in a call. */
  #desk: Page | null = null;

  constructor(stage: Stage, account: Account) {
    this.stage = stage;
    this.account = account;
  }

  /** Closes what opens by itself at the first start, so that only what the play opens is there. */
  async clearStage(): Promise<void> {
    const { context, id } = this.stage;
    const welcome = await until('the welcome page opens at the first start', () =>
      context.pages().find((page) => page.url().startsWith(`chrome-extension://${id}/welcome.html`)),
    );
    // The browser ends with its last page.
    await context.newPage();
    await welcome.close();
  }

  popup(): Promise<Page> {
    return this.stage.page('popup.html');
  }

  /** Asks the engine as a page of ours would; throws the reason of a failure. */
  async ask<M extends keyof EngineApi>(call: M, ...args: Parameters<EngineApi[M]>): Promise<ReturnType<EngineApi[M]>> {
    return (await this.#send('engine', call, args)) as ReturnType<EngineApi[M]>;
  }

  /** The same for the background, from a page of ours. */
  async askBackground<M extends keyof BackgroundApi>(
    call: M,
    ...args: Parameters<BackgroundApi[M]>
  ): Promise<ReturnType<BackgroundApi[M]>> {
    return (await this.#send('background', call, args)) as ReturnType<BackgroundApi[M]>;
  }

  /** What storage holds for this account, with the right password. */
  preset(port: number): object {
    return gatewayStorage(port, this.account.user, this.account.password);
  }

  /** Closes the page that messages are sent from, so that nothing of ours is open but the engine. */
  async leaveDesk(): Promise<void> {
    await this.#desk?.close();
    this.#desk = null;
  }

  async #send(to: 'engine' | 'background', call: string, args: readonly unknown[]): Promise<unknown> {
    this.#desk ??= await this.stage.page('options.html');
    const reply = await this.#desk.evaluate<Reply | undefined, unknown>(
      (message) => chrome.runtime.sendMessage(message),
      { to, call, args },
    );
    if (reply && 'ok' in reply) return reply.ok;
    throw new Error(reply ? `${to}.${call}: ${reply.failed.reason}` : `${to}.${call}: no answer`);
  }

  snapshot(): Promise<PhoneSnapshot> {
    return this.ask('snapshot');
  }

  /** The line's state, once it is in that phase. */
  line<P extends SessionState['phase']>(phase: P): Promise<Phase<SessionState, P>> {
    return until(`the line of ${this.account.user} is ${phase}`, async () => {
      const state = (await this.snapshot()).lines[0]?.session;
      return state?.phase === phase ? (state as Phase<SessionState, P>) : null;
    });
  }

  /** The newest call, once it is in that phase. */
  call<P extends CallState['phase']>(phase: P): Promise<CallView & { readonly state: Phase<CallState, P> }> {
    return until(`a call of ${this.account.user} is ${phase}`, async () => {
      const call = (await this.snapshot()).calls.at(-1);
      return call?.state.phase === phase ? (call as CallView & { readonly state: Phase<CallState, P> }) : null;
    });
  }

  /** Presses a button of a call that rings, once the popup is past its deaf first moment. */
  async presses(popup: Page, button: 'Answer' | 'Decline'): Promise<void> {
    await popup.locator('.app:not([data-deaf])').getByRole('button', { name: button, exact: true }).click();
  }

  /** Ends and puts away every call, so that the next play begins on an empty stage. */
  async endCalls(): Promise<void> {
    for (const { id, state } of (await this.snapshot()).calls)
      if (state.phase !== 'ended') await this.ask('hangUp', id);
    await until(`the calls of ${this.account.user} are over`, async () =>
      (await this.snapshot()).calls.every(({ state }) => state.phase === 'ended'),
    );
    for (const { id } of (await this.snapshot()).calls) await this.ask('dismiss', id);
  }

  /** The loudest frequency of what arrives, once it is near `hz`. */
  hears(hz: number): Promise<number> {
    return until(`${this.account.user} hears ${String(hz)} Hz`, async () => {
      const heard = await this.stage.engine.hear();
      return Math.abs(heard.hz - hz) < 12 ? heard.hz : null;
    });
  }

  hearsNothing(): Promise<true> {
    return until(`${this.account.user} hears nothing`, async () => (await this.stage.engine.hear()).level < 0.003);
  }
}
