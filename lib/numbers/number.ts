/** What is known of one phone number: shapes that cross from the reader to the page and to the views. */

/** One way to read a number: what would be dialled, and what the card calls it. */
export interface NumberReading {
  /** ISO 3166 alpha-2; null where a calling code belongs to no one country (+800). */
  readonly country: string | null;
  /** `United Kingdom`, in the language of the interface. */
  readonly countryName: string | null;
  /** `44`. */
  readonly callingCode: string;
  readonly e164: string;
  readonly shown: string;
}

export interface PageNumber {
  /** Index in the request. */
  readonly index: number;
  /** Where in the candidate the number reads: from `start` up to but not including `end`. */
  readonly start: number;
  readonly end: number;
  readonly e164: string;
  readonly shown: string;
  readonly extension: string | null;
  /** More than one when the number reads in two countries: the card asks which. The first is `e164` and `shown`. */
  readonly readings: readonly NumberReading[];
}

/** A number or a shape of numbers that a person said is none. */
export interface Refusal {
  /** Null: on every site. */
  readonly origin: string | null;
  /** Digits only; null where the whole `pattern` is meant. */
  readonly digits: string | null;
  /** The shape with each digit as `0`, for instance `000-0000`. */
  readonly pattern: string | null;
}
