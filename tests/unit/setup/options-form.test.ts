import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { OPTION_ROWS } from '../../../lib/extension/option-rows';
import * as form from '../../../lib/extension/options-form';
import { REGIONS } from '../../../lib/phone/options';
import { readSource } from '../../architecture/sources';
import { keysOf } from '../../architecture/words';

const key = (problem: form.Problem | null | number | object): string | null =>
  typeof problem === 'object' && problem !== null && 'key' in problem
    ? String(problem.key).replace('options_problem_', '')
    : null;

const server = (address: string, username = 'u', secret = 's'): form.IceRow => ({ address, username, secret });

describe('the rows of the Advanced page', () => {
  it('set each option once', () => {
    const all = OPTION_ROWS.flatMap((row) => row.sets);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are there for every option of the phone but those that an account signs in with', () => {
    const all = keysOf(readSource('lib/phone/options.ts'), 'ClientOptions');
    const ofAccount = ['login', 'password', 'login_token', 'anonymous_login'];
    expect(OPTION_ROWS.flatMap((row) => row.sets).toSorted()).toEqual(
      all.filter((option) => !ofAccount.includes(option)).toSorted(),
    );
  });

  it('offer every region and automatic routing', () => {
    const regions = OPTION_ROWS.flatMap((row) =>
      row.control === 'choice' && row.option === 'region' ? row.choices : [],
    );
    expect([...regions].sort()).toEqual(['', ...REGIONS].sort());
  });

  it('reset only what is theirs', () => {
    const row = OPTION_ROWS.find((candidate) => candidate.control === 'address');
    if (row === undefined) throw new Error('no address row');
    const options = { rtcIp: '192.0.2.1', rtcPort: 8082, region: 'eu' };
    expect(form.isChanged(options, row, {})).toBe(true);
    expect(form.resetRow(options, row, {})).toEqual({ region: 'eu' });
    expect(form.isChanged({ region: 'eu' }, row, {})).toBe(false);
  });

  it('go back to what an administrator proposes for them', () => {
    const proposed = { rtcIp: 'pbx.example', trickleIce: false };
    const row = OPTION_ROWS.find((candidate) => candidate.control === 'address');
    if (row === undefined) throw new Error('no address row');
    const own = { rtcIp: '192.0.2.1', rtcPort: 8082, region: 'eu' };
    expect(form.isChanged(own, row, proposed)).toBe(true);
    const after = form.resetRow(own, row, proposed);
    expect(after).toEqual({ rtcIp: 'pbx.example', region: 'eu' });
    expect(form.isChanged(after, row, proposed)).toBe(false);
    // To have our own default where they propose another is a change, too.
    expect(form.isChanged({}, row, proposed)).toBe(true);
    expect(form.proposedFor(row, proposed)).toEqual({ rtcIp: 'pbx.example' });
  });
});

describe('numbers', () => {
  it.each([
    ['0', 0],
    [' 10 ', 10],
    ['1000', 1000],
  ])('reads %j tries', (text, value) => {
    expect(form.readTries(text)).toBe(value);
  });
  it.each(['', '-1', '1.5', '1e3', 'ten', '1001', '0x10'])('refuses %j tries and says what is allowed', (text) => {
    expect(form.readTries(text)).toEqual({ key: 'options_problem_number', facts: [0, 1000] });
  });
  it('knows the bounds of a port and of the wait for the microphone', () => {
    expect(form.readPort('65535')).toBe(65_535);
    expect(key(form.readPort('0'))).toBe('number');
    expect(form.readMicrophoneWait('25')).toBe(25);
    expect(key(form.readMicrophoneWait('26'))).toBe('number');
  });
});

describe('a custom server', () => {
  it.each(['127.0.0.1', 'localhost', 'pbx.example.com', '[::1]', 'xn--bcher-kva.example'])('takes %s', (host) => {
    expect(form.addressProblem(host, '8082')).toBeNull();
  });
  it.each(['256.1.1.1', '1.2.3', 'bad host', '-a.example', 'a..b', 'host/path', 'host:80'])('refuses %s', (host) => {
    expect(key(form.addressProblem(host, ''))).toBe('host');
  });
  it('says that the scheme does not belong there', () => {
    expect(key(form.addressProblem('wss://pbx.example', ''))).toBe('scheme');
  });
  it('does not take a port with no host', () => {
    expect(key(form.addressProblem('', '8082'))).toBe('port_alone');
    expect(form.addressProblem('', '')).toBeNull();
  });
});

describe('STUN and TURN servers', () => {
  it.each([
    'stun:stun.example.net',
    'stun:stun.example.net:3478',
    'turn:turn.example.net:3478?transport=udp',
    'turns:turn.example.net?transport=tcp',
    'turn:192.0.2.7',
    'turn:[2001:db8::7]:3478',
    'TURN:turn.example.net',
  ])('takes %s', (address) => {
    expect(form.iceProblem(server(address))).toBeNull();
  });
  it.each([
    ['', 'ice_scheme'],
    ['turn.example.net', 'ice_scheme'],
    ['https://turn.example.net', 'ice_scheme'],
    ['stun://stun.example.net', 'ice_scheme'],
    ['turn:', 'ice_host'],
    ['turn:bad host', 'ice_host'],
    ['turn:a.example:0', 'port'],
    ['turn:a.example:', 'port'],
    ['turn:a.example?transport=sctp', 'ice_transport'],
    ['stun:a.example?transport=udp', 'ice_transport_stun'],
  ])('refuses %j: %s', (address, why) => {
    expect(key(form.iceProblem(server(address)))).toBe(why);
  });
  it('wants both credentials for TURN and none for STUN', () => {
    expect(key(form.iceProblem(server('turn:a.example', '', 's')))).toBe('ice_user');
    expect(key(form.iceProblem(server('turn:a.example', 'u', '')))).toBe('ice_secret');
    expect(form.iceProblem(server('stun:a.example', '', ''))).toBeNull();
  });
  it('accepts nothing that the browser would refuse', () => {
    const part = fc.stringMatching(/^[a-z0-9.:?=\-[\]/ ]{0,24}$/u);
    const scheme = fc.constantFrom('stun:', 'turn:', 'turns:', '', 'http:');
    fc.assert(
      fc.property(scheme, part, (start, rest) => {
        const row = server(start + rest);
        if (form.iceProblem(row) !== null) return;
        // What is kept of the row is what the browser is given.
        for (const { urls } of form.iceServers([row])) expect(urls).toMatch(/^(?:stun|turns?):[^/\s]+$/u);
        expect(form.iceServers([row])).toHaveLength(1);
      }),
    );
  });
  it('knows the port behind an address', () => {
    expect(form.icePort('turns:a.example')).toBe(5349);
    expect(form.icePort('turn:a.example?transport=tcp')).toBe(3478);
    expect(form.icePort('stun:a.example:19302')).toBe(19_302);
  });
  it('turns into servers and back, keeping what is whole', () => {
    const rows = [server('stun:a.example', '', ''), server('turn:b.example'), server('half')];
    const servers = form.iceServers(rows);
    expect(servers).toEqual([{ urls: 'stun:a.example' }, { urls: 'turn:b.example', username: 'u', credential: 's' }]);
    expect(form.iceRows(servers)).toEqual(rows.slice(0, 2));
    expect(form.iceRows([{ urls: ['stun:a.example', 'stun:b.example'] }])).toHaveLength(2);
  });
  it('refuses relay only with no TURN server of one’s own', () => {
    expect(key(form.relayProblem({ forceRelayCandidate: true, iceServers: [] }))).toBe('relay');
    expect(key(form.relayProblem({ forceRelayCandidate: true, iceServers: [{ urls: 'stun:a.example' }] }))).toBe(
      'relay',
    );
    expect(form.relayProblem({ forceRelayCandidate: true, iceServers: [{ urls: ['turn:a.example'] }] })).toBeNull();
    expect(key(form.relayProblem({ forceRelayCandidate: true }))).toBe('relay');
    expect(form.relayProblem({ iceServers: [] })).toBeNull();
  });
});

describe('values sent with the sign-in', () => {
  it('are one a line', () => {
    expect(form.readVariables('team=support\n\n shift = late = yes ')).toEqual({
      team: 'support',
      shift: 'late = yes',
    });
  });
  it('name the line that is none', () => {
    expect(form.readVariables('team=support\nnonsense')).toEqual({ key: 'options_problem_variable', facts: [2] });
  });
  it('are shown as they were typed', () => {
    expect(form.showVariables({ team: 'support', vip: true })).toBe('team=support\nvip=true');
    expect(form.showVariables(undefined)).toBe('');
  });
});

describe('sounds', () => {
  it('are wav or mp3 of at most 2 MB', () => {
    expect(form.soundFileProblem({ name: 'Bell.WAV', type: '', size: 10 })).toBeNull();
    expect(form.soundFileProblem({ name: 'bell', type: 'audio/mpeg', size: 10 })).toBeNull();
    expect(key(form.soundFileProblem({ name: 'bell.ogg', type: 'audio/ogg', size: 10 }))).toBe('sound_kind');
    expect(key(form.soundFileProblem({ name: 'a.wav', type: '', size: form.SOUND_BYTES + 1 }))).toBe('sound_size');
  });
  it('may be a web address, or kept here', () => {
    expect(form.soundAddressProblem('https://cdn.example/bell.mp3?v=2')).toBeNull();
    expect(form.soundAddressProblem('data:audio/wav;base64,AAAA')).toBeNull();
    expect(key(form.soundAddressProblem('http://cdn.example/bell.mp3'))).toBe('sound_address');
    expect(key(form.soundAddressProblem('javascript:alert(1)'))).toBe('sound_address');
    expect(key(form.soundAddressProblem('https://cdn.example/bell.ogg'))).toBe('sound_kind');
    expect(key(form.soundAddressProblem('bell.mp3'))).toBe('sound_address');
  });
});
