/** Tables as text (RFC 4180), written with commas and read with whatever parts the first line; pure. */

/** A cell that begins so would be run as a formula by a spreadsheet; a leading apostrophe says that it is text. */
const FORMULA = /^[=@\t\r]|^[+-](?![\d\s().-]*$)/u;
const GUARDED = /^'(?=[=@\t\r+-])/u;

export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(text: string): string {
  const cell = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Rows of cells. Never throws: a quote that is never closed runs to the end. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quoted(text, at + 1, separator) : plain(text, at, separator);
    row.push(cell.replace(GUARDED, ''));
    at = end + 1;
    if (text[end] === separator) {
      // A table that ends with its separator has one more cell, which is empty.
      if (at >= text.length) row.push('');
      continue;
    }
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

interface Cell {
  readonly cell: string;
  /** Of the separator or the end of the line. */
  readonly end: number;
}

function plain(text: string, from: number, separator: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\r' && text[end] !== '\n') end += 1;
  return { cell: text.slice(from, end), end };
}

function quoted(text: string, from: number, separator: string): Cell {
  let close = text.indexOf('"', from);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return { cell: text.slice(from).replaceAll('""', '"'), end: text.length };
  const rest = plain(text, close + 1, separator);
  return { cell: text.slice(from, close).replaceAll('""', '"') + rest.cell, end: rest.end };
}

/** Spreadsheets of some countries part cells with a semicolon, since their comma is the decimal one. */
function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/u, 1);
  const count = (sign: string): number => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
