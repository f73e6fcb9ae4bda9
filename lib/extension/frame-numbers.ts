/** The numbers of a page's frames as they were read: of their links first, which are certain, then of their text. */

import { browser } from 'wxt/browser';
import { findCandidates } from '../numbers/candidates';
import { confirm, type ConfirmRules } from '../numbers/confirm';
import { speaksAgainst } from '../numbers/context';
import { countriesOf } from '../numbers/country';
import { readDialled } from '../numbers/dialable';
import { defaultCountry } from './country';
import { locale } from './i18n';
import type { StoredSettings } from './stored';

export interface NumberOnPage {
  /** E.164, or the address of a SIP link. */
  readonly number: string;
  /** Dialled after the answer; empty for nothing. */
  readonly digits: string;
  readonly shown: string;
  /** The country that it is read in, where it could be a number of another one as well; else empty. */
  readonly place: string;
  readonly name: string | null;
}

/** One frame as it was read. */
export interface FrameText {
  /** Empty for one without an address of its own (`about:srcdoc`). */
  readonly host: string;
  readonly origin: string;
  /** Addresses of the links that dial. */
  readonly links: readonly string[];
  readonly text: string;
}

/** So many frames are read, and so much of the text of each, and no more. */
const MOST_FRAMES = 20;
const LONGEST = 100_000;
const MOST_NUMBERS = 10;

/** Nothing twice; a number that fits two countries is there once for each, as nobody can be asked here which is meant. */
export function numbersInFrames(
  page: FrameText,
  frames: readonly FrameText[],
  settings: StoredSettings,
): readonly NumberOnPage[] {
  const read = frames.slice(0, MOST_FRAMES).map((frame) => ({ frame, rules: rulesOf(frame, page, settings) }));
  const links = read.flatMap(({ frame, rules }) => frame.links.flatMap((link) => dialable(link, rules)));
  const texts = read.flatMap(({ frame, rules }) => inText(frame.text, rules));
  // Of two readings the one that a link confirms is meant.
  const open = texts.filter((readings) => !readings.some((one) => links.some((link) => isSame(one, link))));
  const all = [...links, ...open.flat()];
  return all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at).slice(0, MOST_NUMBERS);
}

/** As click-to-call reads that frame. */
function rulesOf(frame: FrameText, page: FrameText, { sites, country }: StoredSettings): ConfirmRules {
  const { host, origin } = frame.host === '' ? page : frame;
  const own = defaultCountry(country, browser.i18n.getUILanguage());
  const chosen = sites.countries[origin] ?? null;
  return { countries: countriesOf({ chosen, own, host }), refused: sites.notNumbers, origin, locale: locale() };
}

/** For each number its readings. */
function inText(text: string, rules: ConfirmRules): NumberOnPage[][] {
  const candidates = findCandidates(text.slice(0, LONGEST)).filter(
    ({ before, after }) => !speaksAgainst(before, after),
  );
  const texts = candidates.map((candidate) => candidate.text);
  return confirm(texts, rules).map(({ extension, readings }) =>
    readings.flatMap(({ e164, countryName }) => {
      const place = readings.length > 1 ? (countryName ?? '') : '';
      return dialable(extension === null ? e164 : `${e164};ext=${extension}`, rules, place);
    }),
  );
}

function dialable(written: string, { countries }: ConfirmRules, place = ''): NumberOnPage[] {
  const found = readDialled(written, countries[0] ?? null);
  if (found.kind !== 'number' && found.kind !== 'sip') return [];
  return [{ number: found.to, digits: found.digits, shown: found.shown, place, name: null }];
}

function isSame(one: NumberOnPage, other: NumberOnPage): boolean {
  return one.number === other.number && one.digits === other.digits;
}
