/** From a wish to call to a call: wakes the engine, asks for the microphone where it was never granted, dials. */

import { PhoneError } from '../../lib/phone/model/errors';
import type { CallId } from '../../lib/phone/model/ids';
import type { DialRequest, EngineApi } from '../../lib/extension/contract';
import type { Waiting } from '../../lib/extension/memory';
import type { Remote } from '../../lib/extension/rpc';

export interface DiallerPorts {
  readonly engine: Remote<EngineApi>;
  wakeEngine(): Promise<void>;
  openPermissionPage(): Promise<void>;
  now(): number;
  /** Reads the number in the country of that site, or the person's. Throws `bad-number`. */
  read(request: DialRequest, origin: string | null): Promise<DialRequest>;
  readonly waiting: { getValue(): Promise<Waiting | null>; setValue(value: Waiting | null): Promise<void> };
}

/** A wish older than this is forgotten: a call must not start out of the blue. */
const WISH_LASTS_MS = 5 * 60_000;

export class Dialler {
  readonly #ports: DiallerPorts;

  constructor(ports: DiallerPorts) {
    this.#ports = ports;
  }

  /** Throws `bad-number`, and what the engine throws; `microphone-prompt` means that the permission page is open and the wish is kept. */
  async dial(wish: DialRequest, origin: string | null = null): Promise<CallId> {
    const { engine, now } = this.#ports;
    const request = await this.#ports.read(wish, origin);
    await this.#ports.wakeEngine();
    return this.#withMicrophone({ want: 'dial', request, at: now() }, () => engine.dial(request));
  }

  async answer(call: CallId): Promise<void> {
    const { engine, now } = this.#ports;
    await this.#withMicrophone({ want: 'answer', call, at: now() }, () => engine.answer(call));
  }

  /** The microphone was granted: does what waited for it, once. */
  async granted(): Promise<void> {
    const wish = await this.#ports.waiting.getValue();
    await this.#ports.waiting.setValue(null);
    if (wish === null || this.#ports.now() - wish.at > WISH_LASTS_MS) return;
    await this.#ports.wakeEngine();
    await this.#ports.engine.lookAtDevices();
    if (wish.want === 'dial') await this.dial(wish.request);
    else await this.answer(wish.call);
  }

  async #withMicrophone<T>(wish: Waiting, act: () => Promise<T>): Promise<T> {
    // Asked first, since only a visible page can prompt: a call that cannot be heard must not ring anybody.
    const { microphone } = await this.#ports.engine.snapshot();
    if (microphone.state === 'prompt') return this.#ask(wish);
    try {
      return await act();
    } catch (thrown) {
      if (thrown instanceof PhoneError && thrown.reason === 'microphone-prompt') return this.#ask(wish);
      throw thrown;
    }
  }

  async #ask(wish: Waiting): Promise<never> {
    await this.#ports.waiting.setValue(wish);
    await this.#ports.openPermissionPage();
    throw new PhoneError('microphone-prompt');
  }
}
