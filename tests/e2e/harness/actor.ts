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
  #desk: Promise<Page> | null = null;

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

  /** The rows of Recents as they are read aloud, newest first; ends on the keypad. */
  async recents(popup: Page): Promise<readonly string[]> {
    const tabs = popup.getByRole('navigation');
    await tabs.getByRole('button', { name: 'Recents' }).click();
    const rows = popup.locator('[role="group"]:has([data-row])');
    await rows.first().waitFor();
    const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
    await tabs.getByRole('button', { name: 'Keypad' }).click();
    return labels;
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
    const desk = await this.#desk;
    this.#desk = null;
    await desk?.close();
  }

  async #send(to: 'engine' | 'background', call: string, args: readonly unknown[]): Promise<unknown> {
    this.#desk ??= this.stage.page('options.html').catch((thrown: unknown) => {
      this.#desk = null;
      throw thrown;
    });
    const desk = await this.#desk;
    const reply = await desk.evaluate<Reply | undefined, unknown>((message) => chrome.runtime.sendMessage(message), {
      to,
      call,
      args,
    });
    if (reply && 'ok' in reply) return reply.ok;
    throw new Error(reply ? `${to}.${call}: ${reply.failed.reason}` : `${to}.${call}: no answer`);
  }

  snapshot(): Promise<PhoneSnapshot> {
    return this.ask('snapshot');
  }

  /** What the background wrote down last, which is a moment older; asked of no page. */
  async kept(): Promise<PhoneSnapshot | null> {
    const worker = await this.stage.worker();
    const items = await worker.evaluate(() => chrome.storage.session.get<{ snapshot?: PhoneSnapshot }>('snapshot'));
    return items.snapshot ?? null;
  }

  /** The line's state, once it is in that phase. */
  line<P extends SessionState['phase']>(phase: P, limitMs?: number): Promise<Phase<SessionState, P>> {
    const look = async (): Promise<Phase<SessionState, P> | null> => {
      const state = (await this.snapshot()).lines[0]?.session;
      return state?.phase === phase ? (state as Phase<SessionState, P>) : null;
    };
    return until(`the line of ${this.account.user} is ${phase}`, look, limitMs);
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

  /** That one calls; this one answers in the popup, and both are on the line. */
  async isCalledBy(other: Actor, popup: Page): Promise<void> {
    await other.ask('dial', { to: this.account.extension });
    await this.call('ringing');
    await this.presses(popup, 'Answer');
    await this.call('active');
    await other.call('active');
  }

  /** Takes the call that rings, as a person at another phone would: how does not matter. */
  async answers(): Promise<void> {
    await this.ask('answer', (await this.call('ringing')).id);
    await this.call('active');
  }

  /** How every call ended, once none lives. */
  outcomes(): Promise<readonly string[]> {
    return until(`the calls of ${this.account.user} are over`, async () => {
      const { calls } = await this.snapshot();
      const causes = calls.flatMap(({ state }) => (state.phase === 'ended' ? [state.cause.kind] : []));
      return causes.length === calls.length ? causes : null;
    });
  }

  /** Puts the cards of ended calls away. */
  async dismissAll(): Promise<void> {
    for (const { id, state } of (await this.snapshot()).calls)
      if (state.phase === 'ended') await this.ask('dismiss', id);
  }

  /** Ends and puts away every call, so that the next play begins on an empty stage. */
  async endCalls(): Promise<void> {
    for (const { id, state } of (await this.snapshot()).calls)
      if (state.phase !== 'ended') await this.ask('hangUp', id);
    await until(`the calls of ${this.account.user} are over`, async () =>
      (await this.snapshot()).calls.every(({ state }) => state.phase === 'ended'),
    );
    await this.dismissAll();
  }

  /** The loudest frequency of what arrives, once it is near `hz`. */
  hears(hz: number): Promise<number> {
    return until(`${this.account.user} hears ${String(hz)} Hz`, async () => {
      const heard = await this.stage.engine.hear();
      return Math.abs(heard.hz - hz) < 12 ? heard.hz : null;
    });
  }

  /** Every frequency of what arrives, once they are these and no other, whatever their order. */
  hearsTogether(...wanted: readonly number[]): Promise<true> {
    return until(`${this.account.user} hears ${wanted.join(' and ')} Hz and nothing else`, async () => {
      const { tones } = await this.stage.engine.hear();
      const near = (hz: number): boolean => tones.some((tone) => Math.abs(tone - hz) < 12);
      return tones.length === wanted.length && wanted.every(near);
    });
  }

  /** The gateway's music for who is put on hold, and no voice: it stays below 540 Hz. */
  hearsMusic(): Promise<true> {
    return until(`${this.account.user} hears the music of hold`, async () => {
      const { tones } = await this.stage.engine.hear();
      return tones.length > 0 && tones.every((hz) => hz > 240 && hz < 560);
    });
  }

  hearsNothing(): Promise<true> {
    return until(`${this.account.user} hears nothing`, async () => (await this.stage.engine.hear()).level < 0.003);
  }
}
