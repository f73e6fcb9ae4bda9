/** What a page is wired to, played by fixed data: an engine that keeps its snapshot and writes down what it was told. */

import type { PeopleSource } from '../../components/people.svelte';
import type { PhoneLink } from '../../components/phone.svelte';
import type { PreferenceSource, PreferenceValues } from '../../components/preferences.svelte';
import type { FrameDoors } from '../../components/popup/frame';
import type { BackgroundApi, EngineApi } from '../../lib/extension/contract';
import type { Contact } from '../../lib/extension/contacts';
import { isFound, NOTHING_SOUGHT } from '../../lib/extension/sought';
import type { MessageEntry } from '../../lib/extension/message-entry';
import type { HistoryEntry } from '../../lib/extension/history-entry';
import type { Remote } from '../../lib/extension/rpc';
import type { CallId } from '../../lib/phone/model/ids';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { CONTACTS } from './data';

export interface Told {
  readonly command: string;
  readonly args: readonly unknown[];
}

/** Every command is written down in `told`; a test may give the next snapshot by `show`. */
export interface Stage {
  readonly link: PhoneLink;
  readonly told: Told[];
  show(next: PhoneSnapshot): void;
}

export function stage(first: PhoneSnapshot): Stage {
  const told: Told[] = [];
  let shown = first;
  const followers = new Set<(snapshot: PhoneSnapshot) => void>();
  const scribe = <Api>(answers: { readonly [command: string]: unknown }): Remote<Api> =>
    new Proxy({} as Remote<Api>, {
      get:
        (_target, command: string) =>
        (...args: unknown[]) => {
          told.push({ command, args });
          return Promise.resolve(answers[command]);
        },
    });
  return {
    told,
    link: {
      engine: scribe<EngineApi>({ report: { calls: [] } }),
      background: scribe<BackgroundApi>({ dial: 'call-new' }),
      follow(listener) {
        followers.add(listener);
        listener(shown);
        return () => followers.delete(listener);
      },
      cached: () => Promise.resolve(null),
      levels(listener) {
        const timer = setInterval(() => listener({ you: 0.22, them: 0.8 }), 66);
        return () => clearInterval(timer);
      },
    },
    show(next) {
      shown = { ...next, revision: shown.revision + 1 };
      for (const follower of followers) follower(shown);
    },
  };
}

export interface PeopleCase {
  readonly history: readonly HistoryEntry[];
  readonly missed?: number;
  readonly broken?: boolean;
  readonly slow?: boolean;
  readonly note?: string;
  readonly contacts?: readonly Contact[];
  /** Newest first. */
  readonly messages?: readonly MessageEntry[];
  /** Nothing more can be stored. */
  readonly full?: boolean;
}

export function people({
  history,
  missed = 0,
  broken = false,
  slow = false,
  note = '',
  contacts,
  messages = [],
  full = false,
}: PeopleCase): PeopleSource {
  const digits = (number: string | null): string => (number ?? '').replace(/\D/g, '');
  return {
    listCalls({ limit = 50, filter = 'all', search = NOTHING_SOUGHT }) {
      if (slow) return new Promise(() => undefined);
      if (broken) return Promise.reject(new Error('broken'));
      const entries = history
        .filter((entry) => filter !== 'missed' || entry.outcome === 'missed')
        .filter((entry) => filter !== 'noted' || entry.note !== '')
        .filter(({ name, number, note: text }) => isFound({ name, number, text }, search));
      return Promise.resolve({ entries: entries.slice(0, limit), next: null });
    },
    callsWith: (numbers, limit) => {
      const theirs = new Set(numbers.map(digits));
      return Promise.resolve(history.filter((entry) => theirs.has(digits(entry.number))).slice(0, limit));
    },
    readNote: () => Promise.resolve(note),
    saveNote: () => Promise.resolve(),
    deleteCall: () => Promise.resolve(),
    addCall: () => Promise.resolve(),
    onKept: () => () => undefined,
    listContacts: () => Promise.resolve(contacts ?? (history.length === 0 ? [] : CONTACTS)),
    saveContact: () => (full ? Promise.reject(new Error('full')) : Promise.resolve()),
    deleteContact: () => Promise.resolve(),
    conversations: () =>
      Promise.resolve(messages.filter(({ number }, at) => messages.findIndex((one) => one.number === number) === at)),
    messagesWith: (numbers) =>
      Promise.resolve(
        messages.filter(({ number }) => numbers.some((one) => digits(one) === digits(number))).toReversed(),
      ),
    readMessages: () => Promise.resolve(),
    unread: () => Promise.resolve(messages.filter(({ unread }) => unread).length),
    onUnread: () => () => undefined,
    missed: () => Promise.resolve(missed),
    seen: () => Promise.resolve(),
    onMissed: () => () => undefined,
  };
}

export function preferences(first: Partial<PreferenceValues>): PreferenceSource {
  let values: PreferenceValues = {
    country: 'US',
    doNotDisturbUntil: 0,
    singleKeys: true,
    keypadFolded: false,
    noiseSuppression: true,
    autoGainControl: true,
    readAloud: null,
    transcriptDays: 30,
    blocked: [],
    spaceTalks: true,
    transferFirst: 'ask',
    hideNames: false,
    ...first,
  };
  return {
    read: () => Promise.resolve(values),
    write(change) {
      values = { ...values, ...change };
      return Promise.resolve();
    },
    chooseDevice: () => Promise.resolve(),
    addAssistant: () => Promise.resolve(),
    watch: () => () => undefined,
  };
}

/** What lies around the popup or the panel. */
export interface FrameCase {
  /** The popup opened by itself, for that call. */
  readonly raisedFor?: CallId;
  /** Numbers on the open page. */
  readonly page?: boolean;
  /** A window lends the microphone, as in Firefox: this very popup, or none any more. */
  readonly lends?: 'this' | 'none';
}

export function frame(kind: FrameDoors['kind'], { page, lends }: FrameCase): FrameDoors {
  const numbers = [
    { number: '+14155550132', digits: 'w4', shown: '(415) 555-0132', place: '', name: null },
    { number: '+14155550100', digits: '', shown: '(415) 555-0100', place: '', name: 'Northgate Dental' },
    { number: '+14155550177', digits: '', shown: '(415) 555-0177', place: 'United States', name: null },
    { number: '+494155550177', digits: '', shown: '+49 4155 550177', place: 'Germany', name: null },
  ];
  return {
    kind,
    openPanel: kind === 'popup' ? () => undefined : null,
    openPage: () => undefined,
    copy: () => Promise.resolve(true),
    save: () => undefined,
    close: () => undefined,
    followPage: null,
    ...(lends === undefined ? {} : { openCallWindow: () => undefined, lendsAlone: () => lends === 'this' }),
    numbersOnPage: () => Promise.resolve(page === true ? { host: 'app.hubspot.com', numbers } : null),
  };
}
