/** The document that held the calls died; its next life comes back to them with what was kept. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { LINE, type Stage } from '../fakes/stage';
import type { CallId } from '../../lib/phone/model/ids';
import type { Resume } from '../../lib/phone/settings';

afterEach(() => {
  vi.useRealTimers();
});

const AT = 1_800_000_000_000;

function kept(more: Partial<Resume> = {}): Resume {
  return {
    line: LINE,
    sessid: 'session-1',
    voiceSdkId: 'VSDK-1',
    at: AT - 2000,
    calls: [
      {
        call: 'call-1',
        leg: 'leg-1',
        direction: 'out',
        name: 'Dana',
        number: '+15550100',
        ours: '+15550199',
        startedAt: AT - 60_000,
        answeredAt: AT - 50_000,
        held: false,
        muted: false,
      },
    ],
    ...more,
  };
}

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('keeps what the next life needs, and nothing once the call is over', async () => {
    const { phone, server, resumes, pass, talk } = stage();
    const { id, leg } = await talk();
    await pass(100);
    expect(resumes.at(-1)).toMatchObject([
      {
        line: LINE,
        sessid: 'session-1',
        voiceSdkId: server.sticky,
        calls: [{ call: id, leg, direction: 'out', number: '+15550100', muted: false }],
      },
    ]);
    expect(resumes.at(-1)?.[0]?.calls[0]?.answeredAt).not.toBeNull();
    phone.mute(id, true);
    await pass(100);
    expect(resumes.at(-1)).toMatchObject([{ calls: [{ muted: true }] }]);
    phone.hangUp(id);
    await pass(100);
    expect(resumes.at(-1)).toMatchObject([{ sessid: 'session-1', calls: [] }]);
  });

  it('comes back to the call, muted, with its timer going on', async () => {
    const { platform, server, pass, call } = stage({
      resume: [kept()],
      prepare: (_platform, fake) => {
        fake.reattached = ['leg-1'];
      },
    });
    expect(call()).toMatchObject({
      id: 'call-1',
      state: { phase: 'recovering', since: AT - 50_000 },
      who: { name: 'Dana' },
    });
    await pass();
    expect(server.last('login')).toMatchObject({ sessid: 'session-1' });
    if (dialect === 'telnyx') {
      expect(platform.socket.url).toContain('voice_sdk_id=VSDK-1');
      expect(server.last('login')).toMatchObject({ reconnection: true });
    }
    server.attach('leg-1');
    await pass();
    platform.peer.flows();
    await pass();
    expect(call()).toMatchObject({
      id: 'call-1',
      direction: 'out',
      who: { name: 'Dana', number: '+15550100' },
      state: { phase: 'active', since: AT - 50_000 },
      answeredAt: AT - 50_000,
      muted: true,
    });
    expect(platform.peer.muted).toBe(true);
    expect(platform.openMicrophones).toHaveLength(1);
  });

  it('tells the call lost where the server has it no more', async () => {
    const { platform, pass, ended } = stage({ resume: [kept()] });
    await pass();
    expect(ended).toMatchObject([{ id: 'call-1', cause: { kind: 'lost', error: { reason: 'not-reattached' } } }]);
    expect(platform.microphones).toHaveLength(0);
  });

  it('does not go back to what was kept too long ago', async () => {
    const { server, pass, phone } = stage({ resume: [kept({ at: AT - 16 * 60_000 })] });
    await pass();
    expect(server.last('login')).not.toHaveProperty('sessid');
    if (dialect === 'telnyx') expect(server.last('login')).toMatchObject({ reconnection: false });
    expect(phone.snapshot().calls).toEqual([]);
  });

  it('comes back held where it was held', async () => {
    const [resumed] = kept().calls;
    if (!resumed) throw new Error('nothing kept');
    const { platform, server, pass, call } = stage({
      resume: [kept({ calls: [{ ...resumed, held: true }] })],
      prepare: (_platform, fake) => {
        fake.reattached = ['leg-1'];
      },
    });
    await pass();
    server.attach('leg-1');
    await pass(4000);
    expect(call().state).toMatchObject({ phase: 'recovering', held: true });
    platform.peer.connects();
    await pass();
    expect(call().state).toMatchObject({ phase: 'active', held: true });
    expect(platform.peer.muted).toBe(true);
  });

  /** Two calls that were mixed when the document died; what the server still has of them is offered again. */
  function conference(reattached: readonly string[]): Stage {
    const [first] = kept().calls;
    if (!first) throw new Error('nothing kept');
    const calls = [first, { ...first, call: 'call-2', leg: 'leg-2' }].map((one) => ({
      ...one,
      conference: 'call-1+call-2',
    }));
    return stage({
      resume: [kept({ calls })],
      prepare: (_platform, fake) => {
        fake.reattached = reattached;
      },
    });
  }

  it('keeps who hears whom', async () => {
    const { phone, resumes, pass, talk } = stage();
    const [one, two] = [await talk('+15550100'), await talk('+15550101')];
    await Promise.all([phone.merge([one.id, two.id]), pass(100)]);
    const mixed = `${one.id}+${two.id}`;
    expect(resumes.at(-1)).toMatchObject([{ calls: [{ conference: mixed }, { conference: mixed }] }]);
    phone.split(two.id);
    await pass(100);
    expect(resumes.at(-1)).toMatchObject([{ calls: [{ conference: null }, { conference: null }] }]);
  });

  it('mixes a conference again, as soon as both talk', async () => {
    const { phone, platform, server, pass } = conference(['leg-1', 'leg-2']);
    await pass();
    server.attach('leg-1');
    await pass();
    const [one] = platform.peers;
    one?.flows();
    await pass();
    expect(one?.mixed).toEqual([]);
    server.attach('leg-2');
    await pass();
    const [, two] = platform.peers;
    two?.flows();
    await pass();
    expect(one?.mixed).toEqual([two]);
    expect(two?.mixed).toEqual([one]);
    const together = { conference: 'call-1+call-2', muted: true, state: { phase: 'active', held: false } };
    expect(phone.snapshot().calls).toMatchObject([together, together]);
    phone.split('call-2' as CallId);
    await pass();
    expect(two?.mixed).toEqual([]);
  });

  it('leaves a call alone whose conference did not come back', async () => {
    const { phone, platform, server, pass, ended } = conference(['leg-1']);
    await pass();
    expect(ended).toMatchObject([{ id: 'call-2', cause: { kind: 'lost' } }]);
    server.attach('leg-1');
    await pass();
    platform.peer.flows();
    await pass();
    expect(platform.peer.mixed).toEqual([]);
    expect(phone.snapshot().calls[0]).toMatchObject({ id: 'call-1', conference: null, state: { phase: 'active' } });
  });
});
