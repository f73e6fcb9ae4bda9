/** Words that several settings pages share: moments, names of countries, who is on a call. */

import { formatNumber, locale } from '../../lib/extension/i18n';
import type { LineId } from '../../lib/phone/model/ids';
import type { CallView } from '../../lib/phone/model/snapshot';

/** A moment (epoch milliseconds) as people say it: "Tue 24 Nov, 09:14". */
export function formatWhen(at: number): string {
  return new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

export function formatPercent(share: number): string {
  return formatNumber(share, { style: 'percent', maximumFractionDigits: 0 });
}

/** The name of a country (ISO 3166 alpha-2) in the language on screen. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(locale(), { type: 'region' }).of(code) ?? code;
}

/** Whom a running call is with, on that line or (`null`) on any; null where none runs. */
export function whoIsOn(calls: readonly CallView[], line: LineId | null): string | null {
  const live = calls.find((call) => call.state.phase !== 'ended' && (line === null || call.line === line));
  return live === undefined ? null : (live.who.name ?? live.who.number ?? '');
}
