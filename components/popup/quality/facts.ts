/** The connection details of a call, in words, for support. Pure. */

import { formatNumber, t } from '../../../lib/extension/i18n';
import { knownRegion } from '../../region';
import type { CallView, LineView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';

export interface Fact {
  readonly key: string;
  readonly word: string;
  readonly value: string;
  /** An address or a technical name, which is never mirrored. */
  readonly technical: boolean;
}

export function factsOf(call: CallView, line: LineView | null, snapshot: PhoneSnapshot): readonly Fact[] {
  const { quality } = call;
  const route = quality?.route ?? null;
  const device = snapshot.microphone.state === 'granted' ? snapshot.microphone.label : null;
  const ping = line?.roundTripMs ?? null;
  const place = line?.server?.region ?? line?.server?.dc ?? null;
  const region = place === null ? null : knownRegion(place);
  const facts: [string, string | null, boolean][] = [
    ['codec', codecName(quality?.codec ?? null), true],
    ['route', route === null ? null : route.relay ? t('quality_relay') : t('quality_direct'), false],
    ['you', route?.local ?? null, true],
    ['server', route?.remote ?? null, true],
    ['host', line?.server?.host ?? null, true],
    ['region', region ?? place, region === null],
    ['strand_sound', t(`quality_sound_${call.sound}`), false],
    ['strand_server', serverLine(call, ping), false],
    ['device', device, false],
    ['set_up', call.setUpMs === undefined ? null : milliseconds(call.setUpMs), false],
  ];
  return facts.flatMap(([key, value, technical]) =>
    value === null || value === '' ? [] : [{ key, word: t(`quality_fact_${key}`), value, technical }],
  );
}

function milliseconds(ms: number): string {
  return formatNumber(Math.round(ms), { style: 'unit', unit: 'millisecond' });
}

/** `audio/opus` as people write it. */
function codecName(mime: string | null): string | null {
  const name = mime?.replace(/^audio\//i, '') ?? '';
  if (name === '') return null;
  return name.toLowerCase() === 'opus' ? 'Opus' : name;
}

function serverLine(call: CallView, ping: number | null): string {
  if (call.signalling === 'lost') return t('quality_server_lost');
  return ping === null ? t('hold_server_connected') : t('quality_server_ping', formatNumber(Math.round(ping)));
}
