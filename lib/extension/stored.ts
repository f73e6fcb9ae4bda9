/** The shape of everything the extension stores for the person, with the value each thing has before it is ever set. */

import type { DeviceId, LineId } from '../phone/model/ids';
import type { VoiceProcessing } from '../phone/model/voice';
import type { LineKind } from '../phone/model/snapshot';
import type { AnonymousLogin, ClientOptions } from '../phone/options';

/** The client options that hold no credential of the line. */
export type LineOptions = Omit<ClientOptions, 'login' | 'password' | 'login_token' | 'anonymous_login'>;

/** One account. Its secret lives apart, in {@link LineSecret}. */
export interface StoredLine {
  readonly id: LineId;
  readonly name: string;
  readonly kind: LineKind;
  /** Off: kept, but not signed in. */
  readonly enabled: boolean;
  /** SIP user name, or the extension on a FreeSWITCH; empty for a token and for an assistant. */
  readonly login: string;
  readonly assistant: AnonymousLogin | null;
  /** `park` names the parking places, as parking-places.ts reads them. */
  readonly verto: { readonly url: string; readonly domain: string; readonly park?: string } | null;
  readonly callerIds: readonly string[];
  readonly callerName: string;
  /** Off: the secret is kept in session storage and gone with the browser. */
  readonly remember: boolean;
  /** Laid over the options that all lines share. */
  readonly options: LineOptions;
}

export interface LineSecret {
  readonly password?: string;
  readonly token?: string;
}
export type Secrets = { readonly [line: string]: LineSecret };

/** What this computer's sound needs: its devices, and what is done to the voice. */
export interface StoredDevices extends VoiceProcessing {
  readonly microphone: DeviceId | null;
  readonly speaker: DeviceId | null;
  readonly ringer: DeviceId | null;
}

export interface StoredRing {
  /** 0 to 1. */
  readonly volume: number;
  /** Beep for a second call while on one. */
  readonly waiting: boolean;
}

export interface StoredSites {
  /** The master switch of click-to-call. */
  readonly enabled: boolean;
  /** Origins that are granted but switched off, for instance `https://bank.example`. */
  readonly off: readonly string[];
  /** Origin to ISO country, where it differs from the person's. */
  readonly countries: { readonly [origin: string]: string };
  readonly look: 'underline' | 'hover' | 'plain';
  /** On: a click calls. Off: a click opens the card first. */
  readonly atOnce: boolean;
  readonly notNumbers: readonly NotNumber[];
}
export interface NotNumber {
  readonly origin: string | null;
  /** Digits only; null where the whole `pattern` is meant. */
  readonly digits: string | null;
  /** The shape with each digit as `0`, for instance `000-0000`. */
  readonly pattern: string | null;
}

export interface StoredAppearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly badge: 'missed' | 'minutes' | 'none';
  /** Notifications say "Incoming call" and no name. */
  readonly hideNames: boolean;
  readonly singleKeys: boolean;
}

export interface StoredCalls {
  /** Epoch milliseconds; 0 is off, -1 is until it is switched off. */
  readonly doNotDisturbUntil: number;
  readonly autoAnswerMs: number | null;
  readonly notifications: boolean;
  /** The popup opens when it rings, where the browser can do that. */
  readonly popupAtRing: boolean;
  /** What a tel: link does: put the number into the field, or call. */
  readonly telLinks: 'fill' | 'dial';
  readonly keepHistory: boolean;
  /** 0 keeps for ever. */
  readonly historyDays: number;
  /** What was said to an assistant is kept for so long, and never longer than its call; 0 keeps it as long. */
  readonly transcriptDays: number;
  /** Numbers whose calls are declined before they ring, as `partyOf` in lib/numbers spells them. */
  readonly blocked: readonly string[];
  /** The page that opens with a call, as screen-pop.ts fills it in; empty for none. */
  readonly popAddress: string;
  readonly popWhen: 'ring' | 'answer';
  readonly popFor: 'in' | 'out' | 'both';
  /** Space, held, lets one who is muted be heard. */
  readonly spaceTalks: boolean;
  /** What the transfer sheet begins with. */
  readonly transferFirst: 'ask' | 'send';
  /** The card of the last call stays until "Done"; off, for a minute. */
  readonly noteScreen: boolean;
}

/** Everything at once: what pure functions take. */
export interface StoredSettings {
  readonly lines: readonly StoredLine[];
  readonly secrets: Secrets;
  readonly options: LineOptions;
  readonly devices: StoredDevices;
  readonly ring: StoredRing;
  /** ISO 3166 alpha-2; null is the browser's own region. */
  readonly country: string | null;
  readonly sites: StoredSites;
  readonly appearance: StoredAppearance;
  readonly calls: StoredCalls;
}

export const DEFAULTS: StoredSettings = {
  lines: [],
  secrets: {},
  options: {},
  devices: {
    microphone: null,
    speaker: null,
    ringer: null,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  },
  ring: { volume: 0.7, waiting: true },
  country: null,
  sites: { enabled: true, off: [], countries: {}, look: 'underline', atOnce: true, notNumbers: [] },
  appearance: { theme: 'system', badge: 'missed', hideNames: false, singleKeys: true },
  calls: {
    doNotDisturbUntil: 0,
    autoAnswerMs: null,
    notifications: true,
    popupAtRing: false,
    telLinks: 'fill',
    keepHistory: true,
    historyDays: 90,
    transcriptDays: 30,
    blocked: [],
    popAddress: '',
    popWhen: 'ring',
    popFor: 'in',
    spaceTalks: true,
    transferFirst: 'ask',
    noteScreen: true,
  },
};
