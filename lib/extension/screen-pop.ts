/** Which page opens with a call (screen-pop): a person's own address with places for who calls; pure. */

import type { CallView } from '../phone/model/snapshot';
import type { Problem } from './options-form';
import type { StoredCalls } from './stored';

/** What an address may have filled in, each between braces: `https://crm.example/search?q={number}`. */
export const POP_PLACES = ['number', 'name', 'call'] as const;
type Place = (typeof POP_PLACES)[number];
export type PopFacts = { readonly [P in Place]: string };

export const LONGEST_POP = 2048;
const LONGEST_VALUE = 200;
/** A call that was known for longer is not news: the worker slept, or the address was typed while talking. */
const FRESH_MS = 60_000;

/** Null where the address is good, or empty, which means that none opens. */
export function popProblem(template: string): Problem | null {
  if (template === '') return null;
  if (template.length > LONGEST_POP) return problem('address');
  const unknown = placesIn(template).find((place) => !isPlace(place));
  if (unknown !== undefined) return problem('place', `{${unknown}}`);
  const [one, other] = [filled(template, '1'), filled(template, '2')];
  if (one === null || other === null) return problem('address');
  // What a caller says of themselves must never choose whose page opens.
  return one.origin === other.origin && one.username === other.username ? null : problem('host');
}

/** The address for one call, each value percent-encoded. Null: no address, a bad one, or a call without a number. */
export function popAddress(template: string, facts: PopFacts): string | null {
  if (template === '' || facts.number === '' || popProblem(template) !== null) return null;
  return (
    parse(template.replace(PLACES, (_all, place: string) => (isPlace(place) ? encoded(facts[place]) : '')))?.href ??
    null
  );
}

/** What an address is filled with. */
export function popFacts({ id, who }: CallView): PopFacts {
  return { number: who.number ?? '', name: who.name ?? '', call: id };
}

/** The calls whose page is due: of the wanted direction, at the wanted moment, fresh, and not opened before. */
export function popsDue(
  calls: readonly CallView[],
  settings: Pick<StoredCalls, 'popAddress' | 'popWhen' | 'popFor'>,
  opened: readonly string[],
  now: number,
): readonly CallView[] {
  if (settings.popAddress === '') return [];
  return calls.filter((call) => {
    const wanted = settings.popFor === 'both' || settings.popFor === call.direction;
    const since = settings.popWhen === 'ring' ? ringsSince(call) : answeredSince(call);
    return wanted && since !== null && now - since < FRESH_MS && !opened.includes(call.id);
  });
}

/** A call that was answered at once never rang here, and is shown all the same. */
function ringsSince(call: CallView): number | null {
  const { phase } = call.state;
  return phase === 'ringing' || phase === 'active' ? call.startedAt : null;
}

function answeredSince(call: CallView): number | null {
  return call.state.phase === 'active' ? call.answeredAt : null;
}

const PLACES = /\{([^{}]*)\}/gu;

function placesIn(template: string): readonly string[] {
  return [...template.matchAll(PLACES)].map(([, place = '']) => place);
}

function isPlace(text: string): text is Place {
  return POP_PLACES.some((place) => place === text);
}

function filled(template: string, value: string): URL | null {
  return parse(template.replace(PLACES, value));
}

function parse(address: string): URL | null {
  if (!/^https?:\/\//iu.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** Dots alone would walk up the path, encoded or not; half a surrogate pair is no text. */
function encoded(value: string): string {
  const text = value.slice(0, LONGEST_VALUE).replace(/\p{Surrogate}/gu, '');
  return /^\.*$/u.test(text) ? '' : encodeURIComponent(text);
}

function problem(what: 'address' | 'place' | 'host', ...facts: readonly string[]): Problem {
  return { key: `options_problem_pop_${what}`, facts };
}
