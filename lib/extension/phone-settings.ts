/** Turns what is stored into what the phone is told, with the extension's own defaults; pure. */

import type { ClientOptions } from '../phone/options';
import type { LineSettings, PhoneSettings } from '../phone/settings';
import { parkingPlaces } from './parking-places';
import type { LineOptions, LineSecret, StoredLine, StoredSettings } from './stored';

/** Where the extension differs from the seed's defaults, since it serves people better (ui-spec 8.9). */
export const EXTENSION_DEFAULTS: LineOptions = {
  keepConnectionAliveOnSocketClose: true,
  autoRecoverCalls: true,
  autoReconnect: true,
  trickleIce: true,
  debugOutput: 'file',
  hangupOnBeforeUnload: false,
};

/** Lines that are switched off, or lack what they sign in with, are left out: the phone would only refuse them. */
export function phoneSettings(stored: StoredSettings): PhoneSettings {
  const { microphone, speaker, ringer, ...voice } = stored.devices;
  return {
    lines: stored.lines.flatMap((line) => lineSettings(line, stored) ?? []),
    devices: { microphone, speaker, ringer },
    voice,
    ring: stored.ring,
    doNotDisturbUntil: stored.calls.doNotDisturbUntil,
    autoAnswerMs: stored.calls.autoAnswerMs,
    blocked: stored.calls.blocked,
    endStays: stored.calls.noteScreen,
  };
}

function lineSettings(line: StoredLine, stored: StoredSettings): LineSettings | null {
  const credentials = credentialsOf(line, stored.secrets[line.id] ?? {});
  if (!line.enabled || credentials === null) return null;
  return {
    id: line.id,
    name: line.name,
    kind: line.kind,
    options: { ...EXTENSION_DEFAULTS, ...stored.options, ...line.options, ...credentials },
    ...(line.verto === null ? {} : { verto: vertoSettings(line.verto) }),
    callerIds: line.callerIds,
    callerName: line.callerName,
  };
}

function vertoSettings({ park = '', ...verto }: NonNullable<StoredLine['verto']>): NonNullable<LineSettings['verto']> {
  const places = parkingPlaces(park) ?? [];
  return { ...verto, ...(places.length === 0 ? {} : { park: places }) };
}

function credentialsOf(
  line: StoredLine,
  secret: LineSecret,
): Pick<ClientOptions, 'login' | 'password' | 'login_token' | 'anonymous_login'> | null {
  if (line.assistant !== null) return { anonymous_login: line.assistant };
  if (secret.token !== undefined && secret.token !== '') return { login_token: secret.token };
  if (line.login !== '' && secret.password !== undefined) return { login: line.login, password: secret.password };
  return null;
}
