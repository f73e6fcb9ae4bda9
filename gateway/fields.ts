/** The only reader of JSON that came from outside: gives a typed value or null, never throws. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fields(from: Fields, key: string): Fields {
  const value = from[key];
  return isFields(value) ? value : {};
}

export function text(from: Fields, key: string): string | null {
  const value = from[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function number(from: Fields, key: string): number | null {
  const value = from[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Null when the text is not a JSON object. */
export function parse(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}
