import '../components/words-here';
import { describe, expect, it } from 'vitest';
import { defaultWords } from '../../../components/settings/default-words';
import { OPTION_ROWS } from '../../../lib/extension/option-rows';
import type { LineOptions } from '../../../lib/extension/stored';

describe('the default that a row names', () => {
  const row = (id: string) => {
    const found = OPTION_ROWS.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no row ${id}`);
    return found;
  };
  const words = (id: string, proposed: LineOptions) => defaultWords(row(id), proposed, (choice) => `“${choice}”`);

  it.each<[string, LineOptions, string, string]>([
    ['trickleIce', { trickleIce: false }, 'On', 'Off'],
    ['maxReconnectAttempts', { maxReconnectAttempts: 3 }, '10', '3'],
    ['region', { region: 'eu' }, '“”', '“eu”'],
    ['address', { rtcIp: 'pbx.example', rtcPort: 8082 }, 'empty', 'pbx.example:8082'],
    ['userVariables', { userVariables: { team: 'a', desk: 4 } }, 'empty', 'team=a, desk=4'],
    [
      'iceServers',
      { iceServers: [{ urls: ['stun:a', 'stun:b'] }, { urls: 'stun:c' }] },
      'Provided',
      'stun:a, stun:b, stun:c',
    ],
    ['iceServers', { iceServers: [] }, 'Provided', 'empty'],
    ['ringtoneFile', { ringtoneFile: 'https://a.example/b.wav' }, 'Harbour bell', 'https://a.example/b.wav'],
    ['ringtoneFile', { ringtoneFile: '' }, 'Harbour bell', 'Harbour bell'],
    ['ringbackFile', { ringbackFile: 'data:audio/wav;base64,AA==' }, 'Ringing tone', 'a sound file'],
    [
      'mediaPermissionsRecovery',
      { mediaPermissionsRecovery: { enabled: true, timeout: 9000 } },
      'Off',
      'On, 9 seconds',
    ],
  ])('of %s with %j', (id, proposed, ours, theirs) => {
    expect(words(id, {})).toBe(ours);
    expect(words(id, proposed)).toBe(theirs);
  });
});
