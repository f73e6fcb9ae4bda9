/** The only reader of unknown JSON: a wanted field comes out typed, or PhoneError `bad-message` names it. */

import { PhoneError } from '../model/errors';

export type Fields = { readonly [key: string]: unknown };

const NOTHING: Fields = {};

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object; none where it is not one. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : NOTHING;
}

/** A text that must be there. */
export function str(from: Fields, key: string): string {
  const value = from[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new PhoneError('bad-message', { field: key });
}

/** A text that may be there; an empty one counts as absent. Numbers are taken as text, as servers spell extensions so. */
export function optStr(from: Fields, key: string): string | null {
  const value = from[key];
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The first of these that is there. */
export function firstStr(from: Fields, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = optStr(from, key);
    if (value !== null) return value;
  }
  return null;
}

export function optInt(from: Fields, key: string): number | null {
  const value = from[key];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : null;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list, or null where there is no list at all. */
export function optStrings(from: Fields, key: string): readonly string[] | null {
  const value = from[key];
  if (!Array.isArray(value)) return null;
  return value.filter((entry): entry is string => typeof entry === 'string');
}
