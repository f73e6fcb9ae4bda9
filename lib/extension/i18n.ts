/** Words of the interface: looked up in public/_locales, with plural forms, and Intl tuned to the same language. */

import { browser } from 'wxt/browser';

type Substitution = string | number;

/** The message of that key, `$1`… filled in. A key that no language has comes back as itself, so that it is seen. */
export function t(key: string, ...substitutions: readonly Substitution[]): string {
  return find(key, substitutions) || key;
}

/**
 * The plural form of `key` for `count`: `key_one`, `key_two`, `key_few`, `key_many`, `key_zero`, else `key_other`,
 * by the rules of the language on screen. `$1` is the count in that language's digits, the rest follow as `$2`…
 */
export function plural(key: string, count: number, ...substitutions: readonly Substitution[]): string {
  const all = [formatNumber(count), ...substitutions];
  const form = new Intl.PluralRules(locale()).select(count);
  return find(`${key}_${form}`, all) || t(`${key}_other`, ...all);
}

/** A number in the digits and separators of the language on screen. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale(), options).format(value);
}

/**
 * The language to hand to Intl: the browser's own where the words are in it (so en-GB keeps its dates), else the
 * language that the words are in, so that one screen never speaks two.
 */
export function locale(): string {
  const words = find('locale', []) || 'en';
  const ui = browser.i18n.getUILanguage();
  return baseOf(ui) === baseOf(words) ? ui : words;
}

/** `rtl` for languages written from the right; goes on `<html dir>`. */
export function direction(): 'ltr' | 'rtl' {
  return find('direction', []) === 'rtl' ? 'rtl' : 'ltr';
}

function find(key: string, substitutions: readonly Substitution[]): string {
  return browser.i18n.getMessage(key, substitutions.map(String));
}

function baseOf(language: string): string {
  return language.split(/[-_]/)[0] ?? language;
}
