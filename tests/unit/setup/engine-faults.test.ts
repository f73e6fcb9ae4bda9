import { expect, it } from 'vitest';
import { engineFault } from '../../../components/settings/engine-faults';
import { OPTION_ROWS } from '../../../lib/extension/option-rows';
import type { PhoneErrorJson } from '../../../lib/phone/model/errors';
import { PhoneError } from '../../../lib/phone/model/errors';
import { requireOptions } from '../../../lib/phone/options';
import { line } from '../extension/snapshots';

/** What the engine says of a line with these options. */
function refused(options: object): PhoneErrorJson {
  try {
    requireOptions({ login: 'a', password: 'b', ...options });
  } catch (thrown) {
    return PhoneError.from(thrown).toJson();
  }
  throw new Error('nothing is wrong with them');
}

it('marks the rows of every option that the engine refused, and no other', () => {
  const because = refused({
    rtcPort: 70_000,
    iceServers: [{ urls: 'turn:turn.example' }],
    customHeaders: [{ name: 'Via', value: 'x' }],
    debug: 'yes',
  });
  const lines = [line({ phase: 'stopped', because })];
  const marked = OPTION_ROWS.filter((row) => engineFault(lines, row) !== null).map(({ id }) => id);
  expect(marked).toEqual(['address', 'iceServers', 'debug', 'customHeaders']);
  expect(OPTION_ROWS.some((row) => engineFault([line()], row) !== null)).toBe(false);
});

/** What the row that sets the option says of it, once the engine refused it. */
function saidOf(options: object): unknown {
  const lines = [line({ phase: 'stopped', because: refused(options) })];
  const [problem, ...others] = OPTION_ROWS.flatMap((row) => engineFault(lines, row) ?? []);
  expect(others).toEqual([]);
  return problem?.facts.length === 0 ? problem.key.replace('options_problem_', '') : problem?.facts;
}

it.each([
  [{ maxReconnectAttempts: -1 }, [0, 1000]],
  [{ maxReconnectAttempts: 'often' }, [0, 1000]],
  [{ rtcPort: 70_000 }, [1, 65_535]],
  [{ mediaPermissionsRecovery: { enabled: true, timeout: 60_000 } }, [1, 25]],
  [{ mediaPermissionsRecovery: { enabled: true, timeout: 25_001 } }, [1, 25]],
  [{ rtcIp: 'https://host.example' }, 'scheme'],
  [{ rtcIp: 'a/b' }, 'host'],
  [{ forceRelayCandidate: true }, 'relay'],
  [{ ringtoneFile: 'ftp://bells.example/a.wav' }, 'sound_address'],
  [{ iceServers: [{ urls: 'stun:a.example' }, { urls: 'https://a.example' }] }, 'ice_scheme'],
  [{ iceServers: [{ urls: 'turn:a.example', credential: 'c' }] }, 'ice_user'],
  [{ iceServers: [{ urls: 'turn:a.example', username: 'u' }] }, 'ice_secret'],
  [{ customHeaders: [{ name: 'Via', value: 'x' }] }, 'header_name'],
  [{ customHeaders: [{ name: 'X-A', value: 'two\r\nlines' }] }, [4096]],
])('says of %j what the form allows', (options, said) => {
  expect(saidOf(options)).toEqual(said);
});

it.each([
  [{ debug: 'yes' }],
  [{ region: 'mars' }],
  [{ rtcPort: '8080' }],
  [{ forceRelayCandidate: 'yes' }],
  [{ mediaPermissionsRecovery: { enabled: 'yes', timeout: 5000 } }],
  [{ iceServers: 'stun:a.example' }],
  [{ clientState: 'not Base64!' }],
])('only tells of %j that it is refused, where the form would find nothing wrong', (options) => {
  expect(saidOf(options)).toBe('refused');
});
