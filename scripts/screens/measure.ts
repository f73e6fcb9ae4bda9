/** Measures what is drawn, inside the page: nothing overflows, nothing is cut or covered, every target can be hit. */

export interface LayoutRules {
  /** Names are too long for one line: an ellipsis may stand for their end. */
  readonly ellipsis: boolean;
  /** A page in a tab scrolls as pages do. */
  readonly scrolls?: boolean;
}

/** Sentences, one for each fault; empty where all is well. */
export async function measure(rules: LayoutRules): Promise<readonly string[]> {
  // Sheets and menus travel into place, and colours into one another; they are measured where they come to rest.
  const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations === 1);
  for (const one of passing) one.finish();
  await Promise.all(passing.map(({ finished }) => finished.catch(() => undefined)));
  return faultsOf(rules);
}

function faultsOf({ ellipsis, scrolls = false }: LayoutRules): readonly string[] {
  const SMALLEST = 32;
  const SLACK = 1.5;
  const faults: string[] = [];
  const dialog = document.querySelector('dialog[open]');
  const root: ParentNode = dialog ?? document;
  const nameOf = (element: Element): string =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').trim().slice(0, 40)}`;
  const shown = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const hidden = (element: Element): boolean => element.closest('.vh, [aria-hidden="true"]') !== null;

  if (document.documentElement.scrollWidth > innerWidth + SLACK)
    faults.push(`The page is ${document.documentElement.scrollWidth} wide in ${innerWidth}.`);
  if (!scrolls && document.documentElement.scrollHeight > innerHeight + SLACK) faults.push('The page itself scrolls.');

  for (const element of root.querySelectorAll('*')) {
    if (!(element instanceof HTMLElement) || !shown(element) || hidden(element)) continue;
    const style = getComputedStyle(element);
    const wide = element.scrollWidth - element.clientWidth > SLACK;
    const tall = element.scrollHeight - element.clientHeight > SLACK;
    const clipsX = style.overflowX === 'hidden' || style.overflowX === 'clip';
    const clipsY = style.overflowY === 'hidden' || style.overflowY === 'clip';
    // A text field moves what does not fit under the caret.
    if (element instanceof HTMLInputElement) continue;
    const dotted = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    if (wide && (style.overflowX === 'auto' || style.overflowX === 'scroll'))
      faults.push(`Scrolls sideways: ${nameOf(element)}`);
    if (((wide && clipsX) || (tall && clipsY && element.childElementCount === 0)) && !(dotted && ellipsis))
      faults.push(`Cut: ${nameOf(element)}`);
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || (node.textContent ?? '').trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right } = range.getBoundingClientRect();
      const off = left < -SLACK || right > innerWidth + SLACK;
      if (off && !ellipsis) faults.push(`Off the edge: ${nameOf(element)}`);
    }
  }

  const targets = [
    ...root.querySelectorAll('button, a[href], input, textarea, select, summary, [role="switch"], [role="option"]'),
  ]
    .filter((element) => shown(element) && !hidden(element))
    .map((element) => {
      const box = (element.closest('label') ?? element).getBoundingClientRect();
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      return { element, box, x, y, inView: isInView(element, x, y) };
    });
  for (const { element, box, x, y, inView } of targets) {
    if (box.width < SMALLEST - 0.5 || box.height < SMALLEST - 0.5)
      faults.push(`Only ${box.width.toFixed(0)} x ${box.height.toFixed(0)}: ${nameOf(element)}`);
    const over = document.elementFromPoint(x, y);
    const popover = over?.closest('[role="menu"], [role="dialog"], .popover, .toast') ?? null;
    const reached =
      over !== null &&
      (element.contains(over) || over.contains(element) || over.closest('label')?.contains(element) === true);
    // What sticks to the edge of a page that scrolls leaves what it covers by scrolling.
    const sticks = scrolls && over !== null && sticky(over);
    if (inView && !reached && popover === null && !sticks)
      faults.push(`Covered by ${over === null ? 'nothing' : nameOf(over)}: ${nameOf(element)}`);
  }
  for (const [index, one] of targets.entries()) {
    for (const other of targets.slice(index + 1)) {
      if (!one.inView || !other.inView) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const layer = (element: Element): Element | null =>
        element.closest('[role="menu"], [role="dialog"], .popover, .toast, .bar, .tabs');
      if (layer(one.element) !== layer(other.element)) continue;
      if (scrolls && sticky(one.element) !== sticky(other.element)) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > SLACK && down > SLACK) faults.push(`Overlap: ${nameOf(one.element)} and ${nameOf(other.element)}`);
    }
  }
  return [...new Set(faults)];
}

function sticky(element: Element): boolean {
  for (let around: Element | null = element; around !== null; around = around.parentElement)
    if (['sticky', 'fixed'].includes(getComputedStyle(around).position)) return true;
  return false;
}

/** Inside the window and inside everything around it that scrolls or clips. */
function isInView(element: Element, x: number, y: number): boolean {
  if (x < 0 || x >= innerWidth || y < 0 || y >= innerHeight) return false;
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    if (getComputedStyle(around).overflowY === 'visible') continue;
    const { top, bottom, left, right } = around.getBoundingClientRect();
    // On the very edge one hits what begins there.
    if (x < left + 1 || x > right - 1 || y < top + 1 || y > bottom - 1) return false;
  }
  return true;
}
