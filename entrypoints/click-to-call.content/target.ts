/** What a gesture is about: a marked number or a link that dials, and whether it still reads as what would be dialled. */

import type { CardTarget } from '../../lib/extension/card-door';
import { LINKS } from './text';
import { numberRangeOf, readsNow, type Mark } from './marks';

export interface Target extends CardTarget {
  readonly mark: Mark | null;
  readonly link: Element | null;
}

/** Longest address of a link that is passed on. */
const LONGEST_LINK = 128;

export function targetOfMark(mark: Mark): Target | null {
  if (!mark.number) return null;
  const { e164, extension, readings } = mark.number;
  return {
    mark,
    link: null,
    element: mark.nodes[0].parentElement,
    at: mark.start,
    dial: extension === null ? e164 : `${e164};ext=${extension}`,
    candidate: mark.candidate,
    reads: mark.reads,
    readings,
    boxes: () => boxesOf(liveRangeOf(mark)),
    isStillThere: () => readsNow(mark) === mark.reads,
  };
}

export function targetOfLink(link: Element): Target | null {
  const address = link.getAttribute('href') ?? '';
  if (!link.matches(LINKS) || address.length > LONGEST_LINK) return null;
  return {
    mark: null,
    link,
    element: link,
    at: 0,
    dial: address,
    candidate: null,
    reads: link.textContent,
    readings: [],
    boxes: () => boxesOf(link),
    isStillThere: () => link.isConnected && link.getAttribute('href') === address,
  };
}

function boxesOf(source: Range | Element | null): readonly DOMRect[] {
  return [...(source?.getClientRects() ?? [])].filter((box) => box.width > 0 && box.height > 0);
}

/** A computed colour that is next to transparent. Only `rgba(` and a slash carry an alpha: the last 0 of black is blue. */
const CLEAR = /(?:^rgba.*,|\/) ?0(?:\.[0-2]\d*)?\)$/;

/** Whether a person can see it: a number that a page hid under the pointer must not dial. */
export function isSeen(target: Target): boolean {
  const { element } = target;
  if (element === null || target.boxes().every((box) => box.height < 5)) return false;
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
    return false;
  let opacity = 1;
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    opacity *= Number(getComputedStyle(at).opacity);
  }
  return opacity >= 0.3 && !CLEAR.test(getComputedStyle(element).color);
}

/** Of the number alone, where the candidate held more. */
function liveRangeOf(mark: Mark): Range | null {
  const range = mark.range ?? numberRangeOf(mark);
  if (range === null) return null;
  const live = document.createRange();
  try {
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return live;
  } catch {
    return null; // The page cut the text shorter since.
  }
}
