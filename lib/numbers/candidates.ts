/** Finds what may be a phone number in a text: pure, small and without any metadata, since every granted page pays for it. */

export interface Candidate {
  /** Offsets into the text that was given. */
  readonly start: number;
  readonly end: number;
  /** The number with ASCII digits, dashes and spaces, its extension included. */
  readonly text: string;
  /** What stands around it, for context.ts; empty where the number speaks for itself (`+44 …`, `(212) …`). */
  readonly before: string;
  readonly after: string;
}

/** A number and what is dialled after the answer, as written. */
export interface SplitNumber {
  readonly main: string;
  /** Digits, `*` and `#`; null where there is none. */
  readonly extension: string | null;
  /** Offset into the text where `main` ends. */
  readonly end: number;
}

/** How far around a number its context is heard, in characters. */
const CONTEXT = 48;
/** Longest candidate, in characters. */
export const LONGEST = 64;

/** Whether a text is worth a closer look: seven digits that no word parts. */
export function mayHoldNumber(text: string): boolean {
  return SEVEN_DIGITS.test(text);
}

/** Whether it is written as nothing but a telephone number is: `+44 …`, `(212) …`. */
export function speaksForItself(written: string): boolean {
  return /^(?:\+|00\d{1,3} |\(\d{2})/.test(written);
}

/** Every maybe-number, in order, never overlapping; whether the words around speak against it is for context.ts. */
export function findCandidates(text: string): Candidate[] {
  const folded = fold(text);
  const plain = folded.text.replace(NEVER, (found) => MASK.repeat(found.length));
  const found: Candidate[] = [];
  let taken = 0;
  for (const match of plain.matchAll(BLOB)) {
    for (const piece of pieces(match[0], match.index)) {
      const span = trim(plain, piece);
      // An extension may have taken the beginning of what follows.
      if (span === null || span.start < taken || !isPossible(plain, span)) continue;
      taken = span.end;
      const written = plain.slice(span.start, span.end);
      const certain = speaksForItself(written);
      found.push({
        start: folded.at(span.start),
        end: folded.at(span.end - 1, true),
        text: written,
        before: certain ? '' : plain.slice(Math.max(0, span.start - CONTEXT), span.start),
        after: certain ? '' : plain.slice(span.end, span.end + CONTEXT),
      });
    }
  }
  return found;
}

/** `+44 20 7946 0018 ext. 5` in two. */
export function splitExtension(text: string): SplitNumber {
  const match = EXTENSION_AT_END.exec(text);
  if (match === null) return { main: text, extension: null, end: text.length };
  return { main: text.slice(0, match.index), extension: match[0].replace(/[^\d*#]|#(?=.*\d)/g, ''), end: match.index };
}

/** The shape by which "all like this one" is remembered: each digit as `0`. */
export function shapeOf(text: string): string {
  return fold(text).text.replace(/\d/g, '0');
}

/**
 * The same text with the digits, dashes, spaces and full-width forms of all scripts as ASCII, and without invisible
 * characters. `at` gives the offset in the original of an offset in the folded text, or with `after` of its end.
 */
export function fold(text: string): { text: string; at: (offset: number, after?: boolean) => number } {
  if (!/[^\n -~]/.test(text)) return { text, at: (offset, after = false) => offset + (after ? 1 : 0) };
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let offset = 0;
  for (const character of text) {
    const next = offset + character.length;
    const plain = character < '\x7f' && character >= ' ' ? character : foldOne(character);
    if (plain !== '') {
      folded += plain;
      starts.push(...Array<number>(plain.length).fill(offset));
      ends.push(...Array<number>(plain.length).fill(next));
    }
    offset = next;
  }
  return { text: folded, at: (index, after = false) => (after ? ends : starts)[index] ?? offset };
}

function foldOne(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (/\p{Nd}/u.test(character)) return String(digitValue(code));
  if (code >= 0xff01 && code <= 0xff5e) return foldOne(String.fromCodePoint(code - 0xfee0));
  if (/[\p{Pd}\u2212\u2043\u30fc]/u.test(character) && character !== '-') return '-';
  if (/[\p{Zs}\t\r]/u.test(character)) return ' ';
  if (/\p{Cf}/u.test(character)) return '';
  return /[\u00b7\u2022\u2219\u30fb\uff65]/.test(character) ? '.' : character;
}

/** Unicode keeps the ten digits of a script side by side from zero on. */
function digitValue(code: number): number {
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Two numbers with a wide gap or a new bracket between them are two. */
function pieces(blob: string, at: number): Span[] {
  const total = digitsIn(blob);
  if (total < 14 && !/^\d/.test(blob)) return [{ start: at, end: at + blob.length }];
  const spans: Span[] = [];
  let from = 0;
  let before = 0; // digits left of `from`
  let seen = 0; // digits left of the gap
  let last = 0;
  for (const gap of blob.matchAll(/[^\d+]+/g)) {
    seen += digitsIn(blob.slice(last, gap.index));
    last = gap.index + gap[0].length;
    if (!parts(gap[0], seen - before, total - seen, from === 0 && /^\d/.test(blob))) continue;
    if (isRow(blob, from, gap.index, last)) continue;
    if (gap.index > from) spans.push({ start: at + from, end: at + gap.index });
    from = /[([]$/.test(gap[0]) ? last - 1 : last;
    before = seen;
  }
  spans.push({ start: at + from, end: at + blob.length });
  return spans;
}

/** Whether a gap stands between two numbers and not inside one; `left` and `right` count digits. */
function parts(gap: string, left: number, right: number, first: boolean): boolean {
  if (first && left <= 2 && /^(?:\. |\) )/.test(gap)) return true; // "2. (212) 555-0123"
  if (left >= 8 && right >= 8 && gap === ' ' && left + right > 15) return true;
  if (first && (left === 3 || left === 4) && / [([]$/.test(gap)) return true; // "2024 (212) 555-0123"
  return left >= 7 && right >= 7 && (/ [-/~]+ |\/ | \/| {2}/.test(gap) || / [([]$/.test(gap));
}

/** Groups that only spaces part (`01 99 00 12 34`) do not tell where a number ends. */
function isRow(blob: string, from: number, gap: number, next: number): boolean {
  const joined = /\d[-.]\d/;
  const left = blob.slice(Math.max(from, gap - CONTEXT), gap);
  return blob.slice(gap, next) === ' ' && !(joined.test(left) && joined.test(blob.slice(next, next + CONTEXT)));
}

/** Without brackets that are not its own, with the extension that follows. */
function trim(text: string, piece: Span): Span | null {
  let { start, end } = piece;
  const number = text.slice(start, end);
  if (/^[([]/.test(number) && !/[)\]]/.test(number)) start++;
  const extension = EXTENSION.exec(text.slice(end, end + 32));
  if (extension !== null) end += extension[0].length;
  return end - start > LONGEST ? null : { start, end };
}

function isPossible(text: string, { start, end }: Span): boolean {
  const { main, extension } = splitExtension(text.slice(start, end));
  return (
    isShapedLikeNumber(main) &&
    !isJoinedBefore(text.slice(Math.max(0, start - CONTEXT), start), main) &&
    (extension !== null || !isJoinedAfter(text.slice(end, end + CONTEXT), main))
  );
}

function isShapedLikeNumber(main: string): boolean {
  const international = /^\D?(?:\+|00)/.test(main);
  const digits = digitsIn(main);
  if (digits < 7 || digits > (international ? 17 : 13)) return false;
  // Fractions and dotted thousands fill tables; of the shapes that are rare confirm.ts judges, and pages need not carry them.
  const never = /^(?:(?!0\d)\d+\.\d+|(?!\d{3}(?:\.\d{3}){2}$)\d{1,3}(?:\.\d{3})+)$/;
  return international || !never.test(main);
}

/** Part of an id, an address or a sum: `SKU-4842123456`, `REF_2015550123`, `?id=2015550123`, `1,2015550123`. */
function isJoinedBefore(before: string, main: string): boolean {
  const joint = /([\p{L}\p{M}\d_\x01]*)([^\p{L}\p{M}\d\s\x01])?$/u.exec(before);
  const word = joint?.[1] ?? '';
  const mark = joint?.[2] ?? '';
  if (PHONE_WORD.test(word)) return false;
  if (mark === '') return JOINING_END.test(before) && !main.startsWith('+');
  if (/[@=&\\_^]/.test(mark)) return true;
  if (mark === '-' && word === '' && /^\d+$/.test(main)) return true; // a negative number
  if (/[-./~+#]/.test(mark)) return JOINING_END.test(word);
  return /[,:]/.test(mark) && /[\d\x01]$/.test(word);
}

function isJoinedAfter(after: string, main: string): boolean {
  if (JOINING_START.test(after)) return true;
  if (/^[@=_^\\]/.test(after)) return true;
  const bare = /^\d+$/.test(main) || /^\d{1,3}(?:[ .]\d{3})+$/.test(main);
  if (bare && /^[,:]\d/.test(after)) return true;
  const joint = /^([-./~+])([\p{L}\p{M}\d_\x01]+)/u.exec(after);
  if (joint === null) return false;
  const word = joint[2] ?? '';
  if (joint[1] === '.' && /^\p{Lu}?\p{Ll}{2,}$/u.test(word)) return false;
  return JOINING_START.test(word) && !PHONE_WORD.test(word);
}

function digitsIn(text: string): number {
  return text.replace(/\D/g, '').length;
}

const MASK = '\x01';
const SEVEN_DIGITS = /\p{Nd}(?:[^\p{L}\p{Nd}]{0,8}\p{Nd}){6}/u;
// Digit groups, each gap at most five of the signs that phone numbers are written with.
const BLOB = /(?:\+ ?)?[([]{0,2}\+?\d+(?:[ ()[\]./~-]{1,5}\d+)*/g;
// Han, Kana, Thai and Hangul write no spaces, and Arabic joins its short words: there a neighbour tells nothing.
const JOINING = 'A-Za-z_\\d\\x01\\u00aa-\\u024f\\u0370-\\u052f';
const JOINING_START = new RegExp(`^[${JOINING}]`);
const JOINING_END = new RegExp(`[${JOINING}]$`);
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19|20)\\d\\d';
const MONEY = '[$€£¥₹₩₽₺₴₪₫฿]';
const SUM = "(?:\\d{1,3}(?:[ .,']\\d{3})+|\\d+)(?:[.,]\\d+)?";
const alone = (pattern: string): string => `(?<![\\d+]|\\d[-./])(?:${pattern})(?!\\d|[-./]\\d)`;
/** Digits with a shape of their own; what they cover is no number, and nothing joined to them is. */
const NEVER = new RegExp(
  [
    '(?:(?:https?|ftp|file)://|www\\.)\\S+',
    '(?<![\\w.+-])[\\w.+-]{1,64}@[\\w.-]{1,64}',
    '24[/x]7(?!\\d)',
    '\\b[A-Z]{2}\\d{2}(?: ?[\\dA-Z]{4}){3,7}(?: ?[\\dA-Z]{1,3})?\\b',
    '(?<![\\d+])\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}(?!\\d)',
    alone(`${YEAR}([-./])${MONTH}\\2${DAY}(?:T[\\d:.]+)?`),
    // The day first, or the month.
    alone(`[0-3]?\\d([-./])[0-3]?\\d\\3(?:${YEAR}|\\d\\d)`),
    alone('\\d{1,2}[:h]\\d\\d(?::\\d\\d(?:[.,]\\d+)?|-\\d{1,2}:\\d\\d)?'),
    alone('\\d{1,2}\\.\\d\\d ?- ?\\d{1,2}\\.\\d\\d'),
    // Four pairs of digits are also how Danes and Norwegians write.
    alone('(?!\\d\\d(?:\\.\\d\\d){3}(?!\\d))\\d{1,3}(?:\\.\\d{1,3}){3}'),
    `${MONEY} ?${SUM}`,
    `${alone(SUM)}(?= ?(?:${MONEY}|[%‰°]))`,
    alone('(?<![)\\d] )\\d{5}-\\d{4}'),
    '\\b[A-Z]{2} ?(?:\\d{3} ?){3}[A-Z]{2}\\b',
  ].join('|'),
  'gu',
);

const EXTENSION_WORDS =
  ';?ext(?:ension|n)?|x|#|доб|вн|int(?:erno)?|poste|ramal|anexo|dahili|wew|durchwahl|dw|toestel|ankn|lokal|' +
  '内線|分机|分機|转接|转|轉|내선|ต่อ|تحويلة|داخلي';
const EXTENSION_SOURCE = `(?: ?[,;/(-]? ?(?:${EXTENSION_WORDS})[ .:=]*\\d{1,7}\\)?|(?:,{1,4}|;|[pwPW]{1,3}) ?\\d{1,6}#?|(?:,{2,4}|[pwPW]) ?\\d[\\d,*]{0,15}#)(?![\\d\\p{L}]|[-./]\\d)`;
const EXTENSION = new RegExp(`^${EXTENSION_SOURCE}`, 'iu');
const EXTENSION_AT_END = new RegExp(`(?<=[\\d)])${EXTENSION_SOURCE}$`, 'iu');

const PHONE_WORD =
  /^(?:[tmfpcoh]|t[eé]l\p{L}*|ph(?:one)?|m[oó][bv]\p{L}*|cel\p{L}*|call|fax|fon|fone|handy|gsm|tlf|tfn|tf|puh|ruf\p{L}*|тел\p{L}*|т|моб\p{L}*|факс)$/iu;
