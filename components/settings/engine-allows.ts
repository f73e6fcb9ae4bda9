/** What an option takes, in the words that the form itself has for it; pure. */

import {
  hostProblem,
  readMicrophoneWait,
  readPort,
  readTries,
  relayProblem,
  soundAddressProblem,
  type Problem,
} from '../../lib/extension/options-form';
import { headerProblems } from '../../lib/extension/sent-form';

/** Null where the form has no words: its control offers nothing that is wrong, or the wrong is of another kind. */
export function allowedFor(option: string, value: unknown): Problem | null {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (option.replace(/\[\d+\]/u, '[]')) {
    case 'maxReconnectAttempts':
      return problemOf(readTries(text));
    case 'rtcIp':
      return hostProblem(text);
    case 'rtcPort':
      return problemOf(readPort(text));
    case 'mediaPermissionsRecovery':
      return problemOf(readMicrophoneWait(String(secondsOf(value))));
    case 'forceRelayCandidate':
      return value === true ? relayProblem({ forceRelayCandidate: true }) : null;
    case 'ringtoneFile':
    case 'ringbackFile':
      return soundAddressProblem(text);
    case 'iceServers[].urls':
      return { key: 'options_problem_ice_scheme', facts: [] };
    case 'iceServers[].username':
      return { key: 'options_problem_ice_user', facts: [] };
    case 'iceServers[].credential':
      return { key: 'options_problem_ice_secret', facts: [] };
    case 'customHeaders[].name':
      return headerProblems({ name: text, value: '' }).name;
    case 'customHeaders[].value':
      // The engine repeats no value, which may be a secret: a line end stands for whatever was wrong with it.
      return headerProblems({ name: '', value: '\n' }).value;
    default:
      return null;
  }
}

function problemOf(read: number | Problem): Problem | null {
  return typeof read === 'number' ? null : read;
}

function secondsOf(value: unknown): number {
  const timeout: unknown = typeof value === 'object' && value !== null && 'timeout' in value ? value.timeout : null;
  return typeof timeout === 'number' ? Math.ceil(timeout / 1000) : Number.NaN;
}
