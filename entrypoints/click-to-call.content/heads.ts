/** What a cell stands under or beside: `Order no` over a column says of its numbers what words in front of them would. */

/** Longest head that is heard. */
const LONGEST = 64;

/** Empty where the text is in no cell, or its cell has no head. */
export function headOf({ parentElement }: Text): string {
  const cell = parentElement?.closest('td,dd');
  const beside = cell?.previousElementSibling;
  const head = beside?.matches('th,dt') === true ? beside : cell instanceof HTMLTableCellElement && topOf(cell);
  return head ? head.textContent.slice(-LONGEST) : '';
}

/** The first cell of its column, where the columns are the same all through. */
function topOf(cell: HTMLTableCellElement): Element | undefined {
  const top = cell.closest('table')?.rows[0]?.cells;
  return top?.length === cell.parentElement?.childElementCount ? top?.[cell.cellIndex] : undefined;
}
