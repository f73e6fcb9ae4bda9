/** Signing in again on a living line: a new token, a server that asks for it, settings that wait for a call. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { session } from '../fakes/line-state';
import { lineSettings, settings, stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

/** The same line at another address. */
const elsewhere = {
  telnyx: lineSettings({ region: 'eu' }),
  verto: lineSettings({}, { kind: 'verto', verto: { url: 'wss://eu.pbx.example', domain: 'pbx.example' } }),
};

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('signs in once and asks again where the server says so; an empty list ends no call', async () => {
    const play = stage();
    const { id } = await play.talk();
    let refusals = 0;
    play.server.reply('modify', ({ params }) => {
      refusals += 1;
      return refusals === 1
        ? { error: { code: -32000, message: 'Authentication Required' } }
        : { result: { action: params['action'], holdState: 'held' } };
    });
    await Promise.all([play.phone.hold(id, true), play.pass()]);
    expect(play.server.heard().slice(-3)).toEqual(['modify', 'login', 'modify']);
    expect(play.call().state).toMatchObject({ phase: 'active', held: true });
  });

  it('lets settings wait for the end of the call', async () => {
    const play = stage();
    const { id } = await play.talk();
    play.phone.configure(settings([elsewhere[dialect]]));
    await play.pass();
    expect(play.phone.snapshot().lines[0]?.notices).toMatchObject([{ kind: 'settings-wait' }]);
    expect(play.call().state.phase).toBe('active');
    play.phone.hangUp(id);
    await play.pass();
    expect(play.platform.socket.url).toContain('eu.');
    expect(session(play).phase).toBe('ready');
  });
});

describe('with a token of Telnyx’s', () => {
  const at = 1_800_000_000_000;

  function jwt(claims: object): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part(claims)}.sig`;
  }

  it('warns two minutes before the token ends and takes a new one without touching the call', async () => {
    const soon = jwt({ exp: (at + 600_000) / 1000, name: 'Ünïcode ÿÿÿ>>>???' });
    const play = stage({ line: { options: { login_token: soon, iceServers: [] } } });
    await play.talk();
    await play.pass(470_000);
    expect(play.phone.snapshot().lines[0]?.notices).toEqual([]);
    await play.pass(10_000);
    expect(play.phone.snapshot().lines[0]?.notices).toMatchObject([
      { kind: 'token-expiring', facts: { expiresAt: at + 600_000 } },
    ]);

    const later = jwt({ exp: (at + 7_200_000) / 1000 });
    play.phone.configure(settings([lineSettings({}, { options: { login_token: later, iceServers: [] } })]));
    await play.pass();
    expect(play.server.last('login')).toMatchObject({ login_token: later, sessid: 'session-1' });
    expect(play.platform.sockets).toHaveLength(1);
    expect(play.call().state.phase).toBe('active');
    expect(play.phone.snapshot().lines[0]?.notices).toEqual([]);
  });

  it('refuses a malformed and an expired token before anything is sent', async () => {
    for (const [token, reason] of [
      ['nonsense', 'token-malformed'],
      [jwt({ exp: at / 1000 - 1 }), 'token-expired'],
    ] as const) {
      const play = stage({ line: { options: { login_token: token } } });
      await play.pass();
      expect(session(play)).toMatchObject({ phase: 'stopped', because: { reason } });
      expect(JSON.stringify(play.phone.report())).not.toContain(token);
      expect(play.platform.sockets).toHaveLength(0);
      vi.useRealTimers();
    }
  });
});
