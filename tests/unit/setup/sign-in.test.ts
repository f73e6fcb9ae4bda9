import { describe, expect, it } from 'vitest';
import { Phone, type PhoneLink } from '../../../components/phone.svelte';
import { EMPTY_DRAFT, lineOf, type AccountDraft } from '../../../components/settings/account-form';
import { Settings, type SettingsLink, type Shown } from '../../../components/settings/settings.svelte';
import { SignIn } from '../../../components/settings/sign-in.svelte';
import { DEFAULTS, type LineSecret, type StoredLine } from '../../../lib/extension/stored';
import type { LineId } from '../../../lib/phone/model/ids';
import type { SessionState } from '../../../lib/phone/model/session-state';
import type { LineView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';

/** A store of lines with their secrets, and a phone that says of each what the play wants. */
function stage() {
  const stored = new Map<string, { line: StoredLine; secret: LineSecret }>();
  let show: (snapshot: PhoneSnapshot) => void = () => undefined;
  let revision = 0;
  const link: SettingsLink = {
    read: (): Promise<Shown> => Promise.resolve({ ...DEFAULTS, lines: [...stored.values()].map(({ line }) => line) }),
    policy: () => Promise.resolve({}),
    proposal: () => Promise.resolve({}),
    own: (key) => Promise.resolve(DEFAULTS[key]),
    write: () => Promise.resolve(),
    watch: () => () => undefined,
    saveLine(line, secret) {
      stored.set(line.id, { line, secret: secret ?? stored.get(line.id)?.secret ?? {} });
      return Promise.resolve();
    },
    changeLine: () => Promise.resolve(),
    removeLine(id) {
      stored.delete(id);
      return Promise.resolve(() => Promise.resolve());
    },
    secretKind: () => Promise.resolve('password'),
    saveLineLike(from, line) {
      stored.set(line.id, { line, secret: stored.get(from)?.secret ?? {} });
      return Promise.resolve();
    },
    handSecret: () => Promise.resolve(),
  };
  const phoneLink: PhoneLink = {
    engine: never(),
    background: never(),
    follow(listener) {
      show = listener;
      return () => undefined;
    },
    cached: () => Promise.resolve(null),
    levels: () => () => undefined,
  };
  const phone = new Phone(phoneLink);
  phone.start();
  const settings = new Settings(link);
  const signIn = new SignIn(phone, settings);

  /** The engine's word on the line under trial, and what the page does with it. */
  const says = async (session: SessionState): Promise<LineId | null> => {
    const id = signIn.line;
    if (id === null) throw new Error('no line is under trial');
    show(snapshotOf(++revision, id, session));
    const taken = signIn.outcome === null ? null : signIn.settle(signIn.outcome);
    await settings.run(() => Promise.resolve());
    return taken;
  };
  return { stored, signIn, says };
}

/** An API that this play has no part for: a call of it fails, as with no engine there. */
function never<Api extends object>(): Api {
  return new Proxy({} as Api, { get: () => () => Promise.reject(new Error('nobody serves')) });
}

function snapshotOf(revision: number, id: LineId, session: SessionState): PhoneSnapshot {
  const line: LineView = {
    id,
    name: 'Sales',
    kind: 'telnyx',
    session,
    answeredAt: null,
    roundTripMs: null,
    server: null,
    callerIds: [],
    can: { transfer: true, conference: false, type: false },
    notices: [],
  };
  const devices = { microphones: [], speakers: [], microphone: null, speaker: null, ringer: null };
  return { revision, engine: 1, lines: [line], calls: [], microphone: { state: 'unknown' }, devices };
}

const READY: SessionState = { phase: 'ready', since: 1 };
const REFUSED: SessionState = { phase: 'stopped', because: { reason: 'login-refused', facts: {} } };
const draft: AccountDraft = { ...EMPTY_DRAFT, login: 'sales', password: 'new' };
const old = lineOf({ ...draft, password: '' }, 'old' as LineId, null).line;

describe('signing in with what was typed', () => {
  it('keeps a new account once the server took it', async () => {
    const { stored, signIn, says } = stage();
    await signIn.begin(draft, null);
    expect(signIn.busy).toBe(true);
    const taken = await says(READY);
    expect(taken).toBe(signIn.line);
    expect([...stored.values()].map(({ line, secret }) => [line.login, secret])).toEqual([
      ['sales', { password: 'new' }],
    ]);
  });

  it('leaves nothing of a refused one, and goes on saying why', async () => {
    const { stored, signIn, says } = stage();
    await signIn.begin(draft, null);
    expect(await says(REFUSED)).toBeNull();
    expect(stored.size).toBe(0);
    expect(signIn.outcome).toEqual({ state: 'refused', error: { reason: 'login-refused', facts: {} } });
  });

  it('keeps the old account until the new details are taken, and whenever they are refused', async () => {
    const { stored, signIn, says } = stage();
    stored.set('old', { line: old, secret: { password: 'works' } });
    await signIn.begin(draft, old);
    expect(stored.has('old')).toBe(true);
    await says(REFUSED);
    expect([...stored.keys()]).toEqual(['old']);
    await signIn.begin(draft, old);
    const taken = await says(READY);
    expect([...stored.keys()]).toEqual([taken]);
  });

  it('takes the stored secret along where none was typed', async () => {
    const { stored, signIn, says } = stage();
    stored.set('old', { line: old, secret: { password: 'works' } });
    await signIn.begin({ ...draft, password: '', callerName: 'Northgate' }, old);
    await says(READY);
    expect([...stored.values()].map(({ line, secret }) => [line.callerName, secret])).toEqual([
      ['Northgate', { password: 'works' }],
    ]);
  });

  it('does not give up an account because its server is away', async () => {
    const { stored, signIn, says } = stage();
    await signIn.begin(draft, null);
    const away: SessionState = {
      phase: 'waiting',
      attempt: 1,
      of: 10,
      lostAt: 0,
      retryAt: 1,
      because: { reason: 'unreachable', facts: {} },
    };
    expect(await says(away)).toBeNull();
    expect(signIn.outcome?.state).toBe('unreachable');
    expect(stored.size).toBe(1);
    // The next attempt takes neither the word away nor the button that tries something else.
    await says({ phase: 'connecting', attempt: 2, of: 10, lostAt: 0 });
    expect(signIn.outcome).toEqual({ state: 'unreachable', error: { reason: 'unreachable', facts: {} } });
    expect(signIn.busy).toBe(false);
    expect(await says(READY)).toBe(signIn.line);
    await signIn.begin(draft, null);
    expect(signIn.busy).toBe(true);
  });

  it('does not touch an account that was taken when another is tried', async () => {
    const { stored, signIn, says } = stage();
    await signIn.begin(draft, null);
    await says(READY);
    await signIn.begin({ ...draft, login: 'other' }, null);
    await says(READY);
    expect([...stored.values()].map(({ line }) => line.login)).toEqual(['sales', 'other']);
  });

  it('lets an unfinished trial give way to the next', async () => {
    const { stored, signIn, says } = stage();
    await signIn.begin(draft, null);
    await signIn.begin({ ...draft, login: 'other' }, null);
    await says(READY);
    expect([...stored.values()].map(({ line }) => line.login)).toEqual(['other']);
  });
});
