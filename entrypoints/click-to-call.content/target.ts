/** What a gesture is about: a marked number or a link that dials, and whether it still reads as what would be dialled. */

import { numberRangeOf, readsNow, type Mark } from './marks';

export interface Target {
  readonly mark: Mark | null;
  readonly link: Element | null;
  /** What the background is asked to dial: `+12065550119;ext=4` or the link's address. */
  readonly dial: string;
  /** What stands on the page, for "Not a number"; null for a link. */
  readonly candidate: string | null;
}

const LINK = 'a[href^="tel:" i],a[href^="callto:" i],a[href^="sip:" i],a[href^="sips:" i]';
/** Longest address of a link that is passed on. */
const LONGEST_LINK = 128;

export function targetOfMark(mark: Mark): Target | null {
  if (!mark.number) return null;
  const { e164, extension } = mark.number;
  return { mark, link: null, dial: extension === null ? e164 : `${e164};ext=${extension}`, candidate: mark.candidate };
}

export function targetOfLink(link: Element): Target | null {
  const address = link.getAttribute('href') ?? '';
  if (!link.matches(LINK) || address.length > LONGEST_LINK) return null;
  return { mark: null, link, dial: address, candidate: null };
}

/** The boxes it takes on the screen, in the viewport's pixels; empty where it is gone or not shown. */
export function boxesOf(target: Target): readonly DOMRect[] {
  const source = target.mark === null ? target.link : liveRangeOf(target.mark);
  return [...(source?.getClientRects() ?? [])].filter((box) => box.width > 0 && box.height > 0);
}

/** The page may have changed since: what is dialled must be what stands there now. */
export function isStillThere(target: Target): boolean {
  if (target.link !== null) return target.link.isConnected && target.link.getAttribute('href') === target.dial;
  return target.mark !== null && readsNow(target.mark) === target.mark.reads;
}

/** Whether a person can see it: a number that a page hid under the pointer must not dial. */
export function isSeen(target: Target): boolean {
  const element = target.link ?? target.mark?.nodes[0]?.parentElement ?? null;
  if (element === null || boxesOf(target).every((box) => box.height < 5)) return false;
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
    return false;
  let opacity = 1;
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    opacity *= Number(getComputedStyle(at).opacity);
  }
  return opacity >= 0.3 && !/^(?:transparent|.*[,/] ?0(?:\.[0-2]\d*)?%?\))$/.test(getComputedStyle(element).color);
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
