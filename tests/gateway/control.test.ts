import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import { dial } from './client';
import { eventually, hears } from './eventually';
import { useStage } from './stage';

const stage = useStage();

async function get(path: string): Promise<unknown> {
  const response = await fetch(`${stage.gateway.controlUrl}${path}`);
  expect(response.status).toBe(200);
  return response.json();
}

async function post(path: string, body: object = {}): Promise<unknown> {
  const response = await fetch(`${stage.gateway.controlUrl}${path}`, { method: 'POST', body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return response.json();
}

/** With headers that fetch would not let us choose. */
function status(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${stage.gateway.controlUrl}/state`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('watching by HTTP', () => {
  it('shows sessions and calls, and no password', async () => {
    const alice = await stage.signIn();
    const { callId } = await dial(alice, '2');
    expect(await get('/state')).toMatchObject({
      url: stage.gateway.url,
      sessions: [{ user: 'alice', online: true, sessid: alice.sessid, dialect: 'telnyx', calls: [callId] }],
      calls: [{ callId, user: 'alice', phase: 'answered', peer: { name: 'Tone' }, playing: 'tone 440', digits: [] }],
    });
    const shown = JSON.stringify(await get('/state'));
    for (const { password } of stage.gateway.accounts) expect(shown).not.toContain(password);
  });

  it('lists frames from a serial number on', async () => {
    await stage.signIn();
    // Its last word for now, after which the list stands still.
    await eventually('it acknowledged that it is ready', () =>
      stage.gateway
        .frames()
        .some(({ direction, frame }) => direction === 'in' && JSON.stringify(frame).includes('"result"')),
    );
    const [opened, login] = stage.gateway.frames();
    expect([opened?.direction, login?.frame]).toEqual(['open', expect.objectContaining({ method: 'login' })]);
    const after = await get(`/frames?since=${login?.serial}&socket=${login?.socket}`);
    expect(after).toEqual(stage.gateway.frames({ since: login?.serial ?? 0 }));
    expect(after).toContainEqual(
      expect.objectContaining({
        direction: 'out',
        frame: expect.objectContaining({ method: 'telnyx_rtc.clientReady' }),
      }),
    );
    expect(await get('/frames?socket=9999')).toEqual([]);
    await post('/forget-frames');
    expect(await get('/frames')).toEqual([]);
  });

  it('says what a call hears', async () => {
    const alice = await stage.signIn();
    const { callId } = await dial(alice, '2', 1000);
    await hears(stage.ear(callId), 1000);
    // Its window may fall on a moment in which the machine did something else.
    const heard = await until('it is heard', async () => {
      const told = await get(`/calls/${callId}/heard?window=200`);
      return Reflect.get(Object(told), 'silent') === false && told;
    });
    expect(heard).toMatchObject({ silent: false, lost: 0, packets: expect.any(Number) });
    await post(`/calls/${callId}/reset`);
    expect(await get(`/calls/${callId}`)).toMatchObject({ callId, audio: { connected: true, codec: 'opus' } });
    expect(await get('/bots')).toMatchObject([{ name: 'Tone', playing: 'tone 440' }]);
  });

  it('lists the numbers', async () => {
    expect(await get('/numbers')).toContainEqual({
      number: '1',
      e164: '+14155550101',
      name: 'Echo',
      does: expect.any(String),
    });
  });
});

describe('steering by HTTP', () => {
  it('calls an account', async () => {
    const alice = await stage.signIn();
    const answer = await post('/call', { to: 'alice', bot: '2' });
    expect(answer).toEqual({ calls: [(await alice.next('invite'))['callID']] });
  });

  it('gives out tokens', async () => {
    const given = await post('/token', { user: 'bob' });
    const client = await stage.connect();
    await client.login({ login_token: Reflect.get(Object(given), 'token') });
    expect(stage.gateway.sessions()).toMatchObject([{ user: 'bob' }]);
  });

  it('closes sockets', async () => {
    const alice = await stage.signIn();
    expect(await post('/faults/close', { user: 'alice', code: 4014 })).toEqual({ sockets: 1 });
    expect(await alice.gone()).toBe(4014);
  });

  it('refuses and withholds requests, and changes gateway states', async () => {
    const alice = await stage.signIn();
    await post('/faults/refuse', { method: 'ping', code: -32_000, message: 'no' });
    await expect(alice.ask('ping', {})).rejects.toMatchObject({ code: -32_000, message: 'no' });
    await post('/faults/gateway-states', { states: ['UNREGED'] });
    expect(await alice.ask('gatewayState', {})).toMatchObject({ params: { state: 'UNREGED' } });
    await post('/faults/withhold', { method: 'ping' });
    void alice.ask('ping', {}).catch(() => undefined);
    await alice.ask('gatewayState', {});
    expect(alice.raw.join('')).not.toContain('PONG');
  });

  it.each([
    ['half-dead', { direction: 'none' }],
    ['delay', { ms: 0 }],
    ['duplicate', { times: 0 }],
    ['reorder', { times: 0 }],
    ['garble', { text: '{' }],
    ['punt', {}],
  ])('reaches a socket with %s', async (fault, body) => {
    await stage.signIn();
    expect(await post(`/faults/${fault}`, body)).toEqual({ sockets: 1 });
  });

  it('stops media, resumes it, and hangs up', async () => {
    const alice = await stage.signIn();
    const { callId } = await dial(alice, '2');
    await post('/faults/stop-media', { callId, until: 'restarted' });
    expect(stage.call(callId).audio.stoppedUntil).toBe('restarted');
    await post('/faults/resume-media', { callId });
    expect(stage.call(callId).audio.stoppedUntil).toBeNull();
    await post('/faults/hang-up', { callId, cause: 'USER_BUSY' });
    expect(await alice.next('bye')).toMatchObject({ callID: callId, causeCode: 17 });
  });

  it('sets how calls are offered again and for how long they are kept, and clears it all', async () => {
    await post('/faults/attach', { credentials: 'new', first: true, skip: true });
    await post('/faults/detach-window', { ms: 77 });
    await post('/faults/down', { down: true });
    await post('/faults/lack', { what: 'full-ice' });
    const { faults } = stage.gateway;
    const { attachCredentials, attachFirst, skipAttach, detachMs, down, lacking } = faults;
    expect([attachCredentials, attachFirst, skipAttach, detachMs, down, lacking]).toEqual([
      'new',
      true,
      true,
      77,
      true,
      'full-ice',
    ]);
    await post('/faults/clear');
    expect([faults.attachCredentials, faults.attachFirst, faults.skipAttach, faults.detachMs]).toEqual([
      null,
      null,
      false,
      120_000,
    ]);
    expect([faults.down, faults.lacking]).toEqual([false, null]);
  });

  it('restarts', async () => {
    const alice = await stage.signIn();
    await post('/faults/restart');
    expect(await alice.gone()).toBe(1006);
    await eventually('all is forgotten', () => stage.gateway.sessions().length === 0);
  });

  it.each([
    ['/nowhere', {}, 404],
    ['/faults/earthquake', {}, 404],
    ['/faults/hang-up', { callId: 'x', cause: 'BOREDOM' }, 400],
    ['/faults/refuse', {}, 400],
    ['/call', {}, 400],
  ])('says what is wrong with %s', async (path, body, expected) => {
    const response = await fetch(`${stage.gateway.controlUrl}${path}`, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(expected);
    expect(await response.json()).toHaveProperty('error');
  });

  it('refuses a body that is not JSON, and other methods', async () => {
    const broken = await fetch(`${stage.gateway.controlUrl}/call`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    const put = await fetch(`${stage.gateway.controlUrl}/call`, { method: 'PUT' });
    expect(put.status).toBe(405);
  });
});

describe('strangers', () => {
  it('are refused when they are web pages, or come under another name', async () => {
    expect(await status({})).toBe(200);
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ origin: stage.gateway.controlUrl })).toBe(403);
    expect(await status({ host: 'gateway.evil.example' })).toBe(403);
  });
});
