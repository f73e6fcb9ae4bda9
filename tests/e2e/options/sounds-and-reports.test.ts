/** Options of what is heard while it rings and what is told of calls: each fails where it is ignored. */

import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toneWav } from '../../conformance/wav';
import { eventually } from '../../gateway/eventually';
import { Desk } from './desk';

const WAV = { type: 'audio/wav', body: toneWav(660, 2) };
const BROKEN = { type: 'audio/wav', body: Buffer.from('not a sound') };

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({
    files: new Map([
      ['/bell.wav', WAV],
      ['/broken.wav', BROKEN],
    ]),
  });
});
afterEach(() => desk.clear());
afterAll(() => desk.close());

const at = (path: string): string => `${desk.stage.origin}${path}`;

describe('ringtoneFile', () => {
  it('rings, until the call is taken', async () => {
    await desk.signIn({ ringtoneFile: at('/bell.wav') });
    const id = await desk.ringing();
    await desk.play('playsLoop', at('/bell.wav'));
    await desk.play('answer', id);
    await desk.play('ringsNoMore');
  });

  it.each(['/broken.wav', '/missing.wav'])('falls back to the bell where it is %s, and says so', async (path) => {
    await desk.signIn({ ringtoneFile: at(path) });
    await desk.ringing();
    await desk.play('playsLoop', 'blob:');
    await desk.play('warns', 32901);
  });

  it('is the built-in bell without a file', async () => {
    await desk.signIn();
    await desk.ringing();
    await desk.play('playsLoop', 'blob:');
  });
});

describe('ringbackFile', () => {
  it('plays while the other side rings', async () => {
    await desk.signIn({ ringbackFile: at('/bell.wav') });
    await desk.play('dial', '4');
    await desk.play('playsLoop', at('/bell.wav'));
  });

  it('gives way to the sound of the network', async () => {
    await desk.signIn({ ringbackFile: at('/bell.wav') });
    const id = await desk.play<string>('dial', '7');
    await desk.play('reaches', id, 'active');
    expect(await desk.play('everPlayed', at('/bell.wav'))).toBe(false);
  });
});

describe('debug', () => {
  it('gathers a sample a second, states and candidates, and reports them at the end', async () => {
    await desk.signIn({ debug: true });
    const id = await desk.talk();
    await desk.play('hears', 440);
    await desk.play('samples', 4);
    // A call in which both are heard gives no reason to warn.
    expect(await desk.warningsBesideQuality()).toEqual([]);
    await desk.play('hangUp', id);
    await desk.play('tells', 'stats.report');
    const items = await desk.play<{ event: string; tag: string; timestamp: number }[]>('report');
    const events = new Set(items.map(({ event }) => event));
    for (const event of [
      'configuration',
      'icecandidate',
      'connectionstatechange',
      'icestatechange',
      'getstats',
      'ended',
    ])
      expect(events).toContain(event);
    const [one, two] = items.filter(({ event }) => event === 'getstats').map(({ timestamp }) => timestamp);
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThan(900);
  });

  it('off: gathers nothing', async () => {
    await desk.signIn();
    const id = await desk.talk();
    await desk.play('hears', 440);
    await desk.play('hangUp', id);
    await desk.play('ends', id);
    expect(await desk.play('tally')).not.toHaveProperty('stats.frame');
    expect(await desk.play('report')).toBeNull();
    expect(desk.said('debug_report_start')).toEqual([]);
  });
});

describe('silence', () => {
  it('of the other side is warned of, and that of a muted microphone is not', async () => {
    await desk.signIn({ mutedMicOnStart: true });
    await desk.talk('1');
    await desk.play('warns', 31006);
    expect(await desk.warningsBesideQuality()).toEqual([31006]);
  });
});

describe('debugOutput', () => {
  const turn = { urls: 'turn:127.0.0.1:9', username: 'agent', credential: 'never-told' };

  it('socket: the report goes to the server as it grows, with no secret in it', async () => {
    await desk.signIn({ debug: true, debugOutput: 'socket', iceServers: [turn] });
    const id = await desk.talk();
    await eventually('two samples', () => JSON.stringify(desk.said('debug_report_data')).split('getstats').length > 2);
    await desk.play('hangUp', id);
    await desk.says('debug_report_stop');
    const [start] = desk.said('debug_report_start');
    expect(start).toMatchObject({ jsonrpc: '2.0', debug_report_version: 1, call_id: id });
    const frames = ['start', 'data', 'stop'].flatMap((what) => desk.said(`debug_report_${what}`));
    expect(new Set(frames.map((frame) => frame['debug_report_id'])).size).toBe(1);
    expect(desk.said('debug_report_stop')).toHaveLength(1);
    const text = JSON.stringify(frames);
    for (const secret of ['never-told', desk.password, 'ice-pwd:', '"agent"']) expect(text).not.toContain(secret);
  });

  it('socket: neither setting up nor hanging up waits for the server to answer', async () => {
    await desk.signIn({ debug: true, debugOutput: 'socket' });
    for (const what of ['start', 'data', 'stop'])
      desk.gateway.faults.withhold({ method: `debug_report_${what}`, times: 1000 });
    const id = await desk.talk();
    await desk.play('hears', 440);
    await desk.play('hangUp', id);
    await desk.play('ends', id);
    expect(desk.said('debug_report_start')).toHaveLength(1);
  });

  it('file: one well-named file a call, and no frame to the server', async () => {
    await desk.signIn({ debug: true, debugOutput: 'file', iceServers: [turn] });
    const id = await desk.talk();
    await desk.play('samples', 1);
    const downloading = desk.page.waitForEvent('download');
    await desk.play('hangUp', id);
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^call-\d{4}-\d\d-\d\d-\d{4}-\d\d-out-[\da-f]{8}\.json$/);
    const text = await readFile(await download.path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ version: 1, leg: id, direction: 'out' });
    for (const secret of ['never-told', desk.password, 'ice-pwd:']) expect(text).not.toContain(secret);
    expect(desk.said('debug_report_start')).toEqual([]);
  });

  it('of one call alone', async () => {
    await desk.signIn();
    await desk.talk('2', { debug: true, debugOutput: 'socket' });
    await desk.says('debug_report_start');
  });
});
