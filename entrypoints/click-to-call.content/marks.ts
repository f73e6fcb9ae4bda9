/** Every maybe-number that was found on the page, kept by its text nodes: what it reads, whether it is a number, if it is painted. */

import { findCandidates, fold, mayHoldNumber } from '../../lib/numbers/candidates';
import type { PageNumber } from '../../lib/extension/contract';
import type { Run } from './text';

export interface Mark {
  /** What the page reads there, character for character. */
  readonly reads: string;
  /** The same as the background is asked about it. */
  readonly candidate: string;
  /** What stands around it, for the words that speak against it. */
  readonly before: string;
  readonly after: string;
  readonly nodes: readonly [Text, ...Text[]];
  readonly start: number;
  readonly end: number;
  /** Undefined: not asked yet. Null: no number. */
  number: Omit<PageNumber, 'index'> | null | undefined;
  /** What is painted: null while it is not. */
  range: StaticRange | null;
  /** By `performance.now()`. */
  paintedAt: number;
}

/** Adds the numbers of runs, drops what changed, and never holds a text node that the page has let go. */
export class Marks {
  readonly #byNode = new WeakMap<Text, Mark[]>();
  /** Marks over more than one text node: their middle may change without a record of their ends. */
  readonly #spanning = new Set<Mark>();
  readonly #onGone: (mark: Mark) => void;

  constructor(onGone: (mark: Mark) => void) {
    this.#onGone = onGone;
  }

  /** The marks of this run after reading it; the ones that still read the same stay the same objects. */
  read(run: Run): Mark[] {
    const found = candidatesOf(run);
    const old = new Set(run.nodes.flatMap((node) => this.of(node)));
    const marks = found.map((mark) => {
      const same = [...old].find((other) => isSame(other, mark));
      if (same !== undefined) old.delete(same);
      return same ?? this.#add(mark);
    });
    for (const mark of old) if (mark.nodes.every((node) => run.nodes.includes(node))) this.drop(mark);
    return marks;
  }

  of(node: Text): readonly Mark[] {
    return this.#byNode.get(node) ?? [];
  }

  /** Whether the page still reads it there, and nothing else. */
  holds(mark: Mark): boolean {
    return readsNow(mark) === mark.reads && this.of(mark.nodes[0]).includes(mark);
  }

  /** The page let go of the node: what was marked there is no more. */
  forget(node: Text): void {
    for (const mark of this.of(node)) this.drop(mark);
  }

  /** These nodes changed, or what is around them: marks must still read what they read. */
  recheck(nodes: readonly Node[]): void {
    const touched = new Set(this.#spanning);
    for (const node of nodes) if (node instanceof Text) for (const mark of this.of(node)) touched.add(mark);
    for (const mark of touched) if (readsNow(mark) !== mark.reads) this.drop(mark);
  }

  #add(mark: Mark): Mark {
    for (const node of mark.nodes) {
      const others = this.of(node);
      for (const other of others) if (overlaps(other, mark, node)) this.drop(other);
      this.#byNode.set(node, [...this.of(node), mark]);
    }
    if (mark.nodes.length > 1) this.#spanning.add(mark);
    return mark;
  }

  drop(mark: Mark): void {
    for (const node of mark.nodes) {
      const left = this.of(node).filter((other) => other !== mark);
      if (left.length === 0) this.#byNode.delete(node);
      else this.#byNode.set(node, left);
    }
    this.#spanning.delete(mark);
    this.#onGone(mark);
  }
}

/** The range of a mark, live; null where the page took its nodes away. */
export function rangeOf(mark: Mark): Range | null {
  const [first] = mark.nodes;
  const last = mark.nodes.at(-1) ?? first;
  if (!first.isConnected || !last.isConnected) return null;
  if (mark.start > first.length || mark.end > last.length) return null;
  const range = document.createRange();
  range.setStart(first, mark.start);
  range.setEnd(last, mark.end);
  return range;
}

/** The part of a mark that is the number, where the background took something off its ends. */
export function numberRangeOf(mark: Mark): StaticRange | null {
  if (!mark.number || readsNow(mark) !== mark.reads) return null;
  const { at } = fold(collapsed(mark.reads));
  const [startContainer, startOffset] = placeIn(mark, at(mark.number.start));
  const [endContainer, endOffset] = placeIn(mark, at(mark.number.end - 1, true));
  return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
}

/** What the page reads at the mark at this moment; null where it is gone. */
export function readsNow(mark: Mark): string | null {
  const [first] = mark.nodes;
  // Nearly all of them are in one node, where no range is needed.
  if (mark.nodes.length === 1) return first.isConnected ? first.data.slice(mark.start, mark.end) : null;
  return rangeOf(mark)?.toString() ?? null;
}

function candidatesOf(run: Run): Mark[] {
  if (!mayHoldNumber(run.text)) return [];
  const text = collapsed(run.text);
  return findCandidates(text).flatMap(({ start, end, text: candidate, before, after }) => {
    const from = nodeAt(run, start);
    const to = nodeAt(run, end - 1);
    const [first, ...others] = run.nodes.slice(from, to + 1);
    if (first === undefined) return [];
    const nodes: [Text, ...Text[]] = [first, ...others];
    if (others.length > 0 && !flowTogether(nodes)) return [];
    return [
      {
        reads: run.text.slice(start, end),
        candidate,
        before,
        after,
        nodes,
        start: start - (run.starts[from] ?? 0),
        end: end - (run.starts[to] ?? 0),
        number: undefined,
        range: null,
        paintedAt: 0,
      },
    ];
  });
}

/** Node and offset of an offset into what the mark reads; an end belongs to the node before it. */
function placeIn(mark: Mark, offset: number): [Text, number] {
  let [node] = mark.nodes;
  let left = offset + mark.start;
  for (const next of mark.nodes.slice(1)) {
    if (left <= node.length) break;
    left -= node.length;
    node = next;
  }
  return [node, left];
}

/** White space as the page shows it: one space, the rest without width, so that no offset moves. */
function collapsed(text: string): string {
  return text.replace(/[ \t\r\n\f]{2,}|[\t\r\n\f]/g, (space) => ' ' + '\u200b'.repeat(space.length - 1));
}

function nodeAt(run: Run, offset: number): number {
  let at = 0;
  while (at + 1 < run.starts.length && (run.starts[at + 1] ?? 0) <= offset) at++;
  return at;
}

/** Tags that are inline by nature may be laid out as cells or boxes: then their texts do not read as one. */
function flowTogether(nodes: readonly Text[]): boolean {
  return nodes.every((node) => {
    let element = node.parentElement;
    for (; element !== null && !nodes.every((other) => element?.contains(other)); element = element.parentElement) {
      if (!/^(?:inline|contents|ruby)/.test(getComputedStyle(element).display)) return false;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    }
    return element !== null;
  });
}

function isSame(one: Mark, other: Mark): boolean {
  return (
    one.start === other.start &&
    one.end === other.end &&
    one.reads === other.reads &&
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, index) => node === other.nodes[index])
  );
}

function overlaps(one: Mark, other: Mark, node: Text): boolean {
  const [from, to] = extentIn(one, node);
  const [start, end] = extentIn(other, node);
  return from < end && start < to;
}

function extentIn(mark: Mark, node: Text): [number, number] {
  return [node === mark.nodes[0] ? mark.start : 0, node === mark.nodes.at(-1) ? mark.end : node.length];
}
