/** Firefox's call window: the same components as the popup; it lends its microphone, and goes when the calls are over. */

import { browser } from 'wxt/browser';
import { openView } from '../../components/popup/open';
import { follow } from '../../lib/extension/feed';
import { frameDoors } from '../../lib/extension/frame-doors';
import { FOR_A_CALL } from '../../lib/extension/phone-window.firefox';
import { lendVoice } from '../../lib/extension/voice-lending';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { rememberPlace } from './remember-place';

lendVoice({ stays: true });
rememberPlace().catch(() => undefined);
follow(closeAfterCalls());
const { openCallWindow: _itself, ...doors } = frameDoors('sidepanel');
await openView({ ...doors, openPanel: null, titled: true });

/** A person who looks at it may still read how the call ended. */
function closeAfterCalls(): (snapshot: PhoneSnapshot) => void {
  let busy = location.hash === FOR_A_CALL;
  return ({ calls }) => {
    if (calls.some(({ state }) => state.phase !== 'ended')) busy = true;
    else if (busy && (calls.length === 0 || !document.hasFocus())) void close();
  };
}

async function close(): Promise<void> {
  const { id } = await browser.windows.getCurrent();
  if (id !== undefined) await browser.windows.remove(id);
}
