/** Reads a page's text as people see it: runs that no block, line break or field parts, whatever inline tags lie in between. */

/** Neighbouring text nodes that read as one line of text. */
export interface Run {
  readonly text: string;
  readonly nodes: readonly Text[];
  /** Offset of each node's text within `text`. */
  readonly starts: readonly number[];
}

/** Links that dial already: they keep their look, and gain the card. */
export const LINKS = 'a[href^="tel:" i],a[href^="callto:" i],a[href^="sip:" i],a[href^="sips:" i]';

/** Text in these is never a number to call: fields, editors, code, drawings, what is hidden, and links that dial already. */
const UNREAD = 'script style noscript textarea select code pre kbd samp svg math canvas iframe object';
const UNREAD_ATTRIBUTES = `[contenteditable]:not([contenteditable=false]),[aria-hidden=true],[hidden],[role=textbox],[role=code],${LINKS}`;
const INLINE =
  'a abbr b bdi bdo cite data del dfn em font i ins mark nobr q rp rt ruby s small span strong sub sup time u var wbr';

/** One look tells what an element is: a walk meets a hundred thousand of them. */
const KINDS = new Map<string, string>();
for (const list of [UNREAD, INLINE]) for (const tag of list.split(' ')) KINDS.set(tag, list);

/** How far around a changed text node a number may reach, in characters. */
const REACH = 128;
/** Between two breaths of a walk: elements and text nodes. */
const BREATH = 64;

/** Selectors are slow, and most elements have no attribute at all. */
function isUnread(element: Element): boolean {
  return KINDS.get(element.localName) === UNREAD || (element.hasAttributes() && element.matches(UNREAD_ATTRIBUTES));
}

/** Whether this node's text belongs to nobody's reading. */
export function isOutOfReading(node: Node): boolean {
  const element = node instanceof Element ? node : node.parentElement;
  if (element === null) return node.ownerDocument?.designMode === 'on';
  for (let at: Element | null = element; at !== null; at = at.parentElement) if (isUnread(at)) return true;
  return element instanceof HTMLElement && element.isContentEditable;
}

/**
 * Every run below `root`, in document order. Yields null now and then so that the caller may rest, and calls `onElement`
 * for each element it meets.
 */
export function* runsIn(root: Node, onElement: (element: Element) => void): Generator<Run | null> {
  let nodes: Text[] = [];
  let steps = 0;
  let node: Node | null = root;
  while (node !== null) {
    if (++steps % BREATH === 0) {
      const path = pathOf(node, root);
      yield null;
      // The page may have taken away what was rested at: then what held it is read again, and nothing is left out.
      const there = path.find((one) => root.contains(one)) ?? root;
      if (there !== node) nodes = [];
      node = there;
    }
    let inside: Node | null = null;
    if (node instanceof Text) {
      if (node.data !== '') nodes.push(node);
    } else {
      if (node instanceof Element) onElement(node);
      const skipped: boolean = node instanceof Element && isUnread(node);
      if (nodes.length > 0 && !isInline(node)) {
        yield runOf(nodes);
        nodes = [];
      }
      inside = skipped ? null : node.firstChild;
    }
    let next: Node | null = inside;
    // Up and on: leaving a block ends its run as entering one does.
    while (next === null && node !== root) {
      next = node.nextSibling;
      if (next !== null) break;
      node = node.parentNode ?? root;
      if (node === root || nodes.length === 0 || isInline(node)) continue;
      yield runOf(nodes);
      nodes = [];
    }
    node = next;
  }
  if (nodes.length > 0) yield runOf(nodes);
}

function pathOf(node: Node, root: Node): Node[] {
  const path: Node[] = [];
  for (let at: Node | null = node; at !== null && at !== root; at = at.parentNode) path.push(at);
  return path;
}

/** The run that a changed text node stands in, as far as a number can reach. */
export function runAround(text: Text): Run {
  const nodes = [text];
  for (const forward of [false, true]) {
    let reach = REACH;
    let next = neighbour(text, forward);
    while (next !== null && reach > 0) {
      if (forward) nodes.push(next);
      else nodes.unshift(next);
      reach -= Math.max(1, next.length);
      next = neighbour(next, forward);
    }
  }
  return runOf(nodes);
}

/** First or last text node below an added node; itself where it is one. */
export function edgeText(node: Node, last: boolean): Text | null {
  let at: Node | null = node;
  while (at !== null && !(at instanceof Text)) {
    if (at instanceof Element && isUnread(at)) return null;
    at = last ? at.lastChild : at.firstChild;
  }
  return at;
}

/** Whether a node stands in the flow of a line by its kind; its style is asked only where a number spans it. */
export function isInline(node: Node): boolean {
  return (
    node instanceof Text ||
    node.nodeType === Node.COMMENT_NODE ||
    (node instanceof Element && KINDS.get(node.localName) === INLINE)
  );
}

function runOf(nodes: readonly Text[]): Run {
  const [first] = nodes;
  if (nodes.length === 1 && first !== undefined) return { text: first.data, nodes, starts: [0] };
  const starts: number[] = [];
  let text = '';
  for (const node of nodes) {
    starts.push(text.length);
    text += node.data;
  }
  return { text, nodes, starts };
}

function neighbour(from: Node, forward: boolean): Text | null {
  let at: Node = from;
  for (;;) {
    let next: Node | null = forward ? at.nextSibling : at.previousSibling;
    if (next === null) {
      const parent: Node | null = at.parentNode;
      if (parent === null || !(parent instanceof Element) || !isInline(parent)) return null;
      at = parent;
      continue;
    }
    while (!(next instanceof Text)) {
      if (!isInline(next) || (next instanceof Element && isUnread(next))) return null;
      const child: Node | null = forward ? next.firstChild : next.lastChild;
      if (child === null) break;
      next = child;
    }
    if (next instanceof Text) return next;
    at = next;
  }
}
