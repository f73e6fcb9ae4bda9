/** The call window fits the screen on which it opens, and comes back where the person left it. */

import { browser } from 'wxt/browser';
import { fitted, isSame, PLACE_KEY, worthKeeping, writePlace, type Place } from '../../lib/extension/window-place';

/** Rejects where the browser does not let the window be moved. */
export async function rememberPlace(): Promise<void> {
  // A page that goes has no time for storage that answers later.
  addEventListener('pagehide', keep);
  const [now, wanted] = [placeNow(), fitted(placeNow(), screenNow())];
  if (isSame(now, wanted)) return;
  const { id } = await browser.windows.getCurrent();
  if (id !== undefined) await browser.windows.update(id, wanted);
}

function keep(): void {
  const place = worthKeeping(placeNow(), screenNow());
  try {
    if (place !== null) localStorage.setItem(PLACE_KEY, writePlace(place));
  } catch {
    // Storage that is switched off remembers nothing.
  }
}

function placeNow(): Place {
  return { left: screenX, top: screenY, width: outerWidth, height: outerHeight };
}

/** What the system's own bars leave of it. Firefox knows where it begins; the standard's type does not. */
function screenNow(): Place {
  const { availWidth: width, availHeight: height } = screen;
  const begins = (side: 'availLeft' | 'availTop'): number => {
    const value: unknown = Reflect.get(screen, side);
    return typeof value === 'number' ? value : 0;
  };
  return { left: begins('availLeft'), top: begins('availTop'), width, height };
}
