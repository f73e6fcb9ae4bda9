/** One call as the seed's door shows it: the official client's methods and states over a call of ours. */

import type { Call } from './call';
import type { NewCallOptions } from './client-call-options';
import type { CustomHeaders } from './line-options';
import { PhoneError } from './model/errors';
import type { DeviceId } from './model/ids';
import type { CallView } from './model/snapshot';
import { requireHeaders } from './sent-options';

/** The official client's states (reference, section 4.1), those that ours can be in. */
export type TelnyxCallState =
  | 'new'
  | 'requesting'
  | 'trying'
  | 'recovering'
  | 'ringing'
  | 'answering'
  | 'early'
  | 'active'
  | 'held'
  | 'hangup'
  | 'destroy';

/** What a call asks of its client. */
export interface CallDoor {
  message(call: Call, to: string, body: string): Promise<void>;
  say(call: Call, text: string, pictures: readonly string[]): Promise<void>;
  converse(item: { readonly [key: string]: string }): void;
  useSpeaker(device: DeviceId | null): void;
  alreadyAnswered(call: TelnyxCall): void;
  noMicrophone(call: TelnyxCall): void;
  mediaFailed(call: TelnyxCall, thrown: unknown): void;
  failed(call: TelnyxCall, thrown: unknown): void;
}

export interface Answering {
  readonly customHeaders?: CustomHeaders;
}

export class TelnyxCall {
  readonly direction: 'inbound' | 'outbound';
  /** As given to `newCall`; empty for a call that came in. */
  readonly options: NewCallOptions;
  readonly #call: Call;
  readonly #door: CallDoor;
  #state: TelnyxCallState = 'new';
  #before: TelnyxCallState = 'new';
  #deaf = false;

  constructor(call: Call, door: CallDoor, options: NewCallOptions = {}) {
    this.#call = call;
    this.#door = door;
    this.options = options;
    this.direction = call.direction === 'in' ? 'inbound' : 'outbound';
  }

  /** The wire's id. Another after a recovery by a new INVITE, when {@link recoveredCallId} is the one before. */
  get id(): string {
    return this.#call.leg;
  }
  get recoveredCallId(): string | null {
    return this.view.legs.recoveredFrom;
  }
  get state(): TelnyxCallState {
    return this.#state;
  }
  get prevState(): TelnyxCallState {
    return this.#before;
  }
  /** Everything that a view knows of the call. */
  get view(): CallView {
    return this.#call.view();
  }
  get cause(): string | null {
    return this.#end?.name ?? null;
  }
  get causeCode(): number | null {
    return this.#end?.code ?? null;
  }
  get sipCode(): number | null {
    return this.#end?.sipCode ?? null;
  }
  get sipReason(): string | null {
    return this.#end?.sipReason ?? null;
  }
  get telnyxIDs(): {
    readonly telnyxCallControlId: string | null;
    readonly telnyxSessionId: string | null;
    readonly telnyxLegId: string | null;
  } {
    const { callControlId, sessionId, legId } = this.view.telnyxIds;
    return { telnyxCallControlId: callControlId, telnyxSessionId: sessionId, telnyxLegId: legId };
  }
  /** Did the browser destroy the peer? Then an ATTACH builds a new one. */
  get signalingStateClosed(): boolean {
    return this.#call.media.peer?.isSignallingClosed() ?? false;
  }
  get isAudioMuted(): boolean {
    return this.#call.media.muted;
  }

  /** A second time changes nothing and is warned of (33006). A failed microphone, and headers that are none, are told by `telnyx.error`. Never rejects. */
  async answer({ customHeaders }: Answering = {}): Promise<void> {
    if (this.#state !== 'ringing') return this.#door.alreadyAnswered(this);
    let headers: CustomHeaders | undefined;
    try {
      headers = customHeaders === undefined ? undefined : requireHeaders(customHeaders);
    } catch (thrown) {
      return this.#door.failed(this, thrown);
    }
    try {
      await this.#call.answer(headers === undefined ? {} : { headers });
    } catch (thrown) {
      this.#door.mediaFailed(this, thrown);
    }
  }

  hangup(): Promise<void> {
    this.#call.hangUp();
    return Promise.resolve();
  }

  /** Whether the call is held now. Never rejects: a refusal is told by `telnyx.error` (44001). */
  hold(): Promise<boolean> {
    return this.#hold(true);
  }
  /** Whether the call is active again. Never rejects. */
  unhold(): Promise<boolean> {
    return this.#hold(false);
  }
  toggleHold(): Promise<boolean> {
    return this.#hold(!this.#call.held);
  }

  muteAudio(): void {
    this.#call.mute(true);
  }
  unmuteAudio(): void {
    this.#call.mute(false);
  }
  toggleAudioMute(): void {
    this.#call.mute(!this.#call.media.muted);
  }

  /** The other side is not heard here; it does not know. */
  deaf(): void {
    this.#setDeaf(true);
  }
  undeaf(): void {
    this.#setDeaf(false);
  }
  toggleDeaf(): void {
    this.#setDeaf(!this.#deaf);
  }

  /** Keys and pauses. Throws `bad-number` or `wrong-phase`. */
  dtmf(digits: string): void {
    this.#call.sendDigits(digits);
  }

  /** A written message to the other side. Rejects like any request. */
  message(to: string, body: string): Promise<void> {
    return this.#door.message(this.#call, to, body);
  }

  /** A written line to the assistant, with pictures by their addresses. Rejects like any request. */
  sendConversationMessage(text: string, pictures: readonly string[] = []): Promise<void> {
    return this.#door.say(this.#call, text, pictures);
  }

  /** An item of the conversation with no reply: the output of a tool. Throws `disconnected`. */
  sendAIConversationMessage(item: { readonly [key: string]: string }): void {
    this.#door.converse(item);
  }

  /**
   * Another microphone in place; a failure leaves the old one and is told by `telnyx.rtc.mediaError`. A call that has
   * not opened any, an unanswered one for instance, opens none now and is warned of (33009). Never rejects.
   */
  async setAudioInDevice(device: string, muted?: boolean): Promise<void> {
    if (this.#call.media.peer === null) return this.#door.noMicrophone(this);
    try {
      await this.#call.media.useDevice(device as DeviceId);
      if (muted !== undefined) this.#call.mute(muted);
    } catch (thrown) {
      this.#door.mediaFailed(this, thrown);
    }
  }

  setAudioOutDevice(device: string): Promise<boolean> {
    this.#door.useSpeaker(device as DeviceId);
    return Promise.resolve(true);
  }

  /** Shows the state that the call is in now; true where it is another than before. For the client alone. */
  follow(): boolean {
    const state = this.#stateNow();
    if (state === this.#state) return false;
    this.#move(state);
    return true;
  }

  /** After `hangup`, the last. For the client alone. */
  destroy(): void {
    this.#move('destroy');
  }

  #move(state: TelnyxCallState): void {
    this.#before = this.#state;
    this.#state = state;
  }

  #stateNow(): TelnyxCallState {
    const { state } = this.#call;
    const out = this.#call.direction === 'out';
    switch (state.phase) {
      case 'dialling':
        return 'requesting';
      case 'ringing':
        if (!out) return 'ringing';
        return state.earlyMedia ? 'early' : 'trying';
      case 'connecting':
        return out ? 'early' : 'answering';
      case 'active':
        return state.held ? 'held' : 'active';
      case 'recovering':
        return 'recovering';
      case 'ended':
        return 'hangup';
    }
    state satisfies never;
    return 'destroy';
  }

  get #end(): Extract<CallView['state'], { phase: 'ended' }>['cause'] | null {
    const { state } = this.#call;
    return state.phase === 'ended' ? state.cause : null;
  }

  async #hold(held: boolean): Promise<boolean> {
    try {
      await this.#call.hold(held);
      return true;
    } catch (thrown) {
      this.#door.failed(this, PhoneError.from(thrown));
      return false;
    }
  }

  #setDeaf(deaf: boolean): void {
    this.#deaf = deaf;
    this.#call.media.setDeaf(deaf);
  }
}
