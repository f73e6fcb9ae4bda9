/** The parking places of an account, from the text that a person typed; pure. */

const MOST_PLACES = 100;
const PLACE = /^[*#]?\d{1,12}$/;

/** `6001-6009, 6020`: each place as it is dialled, in that order; none for an empty text. Null where it is nothing of the kind. */
export function parkingPlaces(text: string): readonly string[] | null {
  const parts = text
    .split(/[\s,;]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const places: string[] = [];
  for (const part of parts) {
    const range = placesOf(part);
    if (range === null || places.length + range.length > MOST_PLACES) return null;
    places.push(...range);
  }
  return [...new Set(places)];
}

function placesOf(part: string): readonly string[] | null {
  if (PLACE.test(part)) return [part];
  const [, sign = '', first = '', last = ''] = /^([*#]?)(\d{1,9})[-–](?:\1)(\d{1,9})$/u.exec(part) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || first.length !== last.length || count < 1 || count > MOST_PLACES) return null;
  return Array.from({ length: count }, (_none, index) => {
    return sign + String(Number(first) + index).padStart(first.length, '0');
  });
}
