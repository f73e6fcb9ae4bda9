/** Kills the process in which Firefox runs all extensions, as a crash does. */

import { ADDON } from '../../../lib/extension/addon';
import type { Firefox } from './firefox';
import { patiently } from './patience';

/**
 * Resolves when Firefox runs the background page again, in another process. The tabs of ours that it left behind as "crashed"
 * are closed; the call window is not. Firefox gives up on extensions after five crashes within an hour, here after many.
 */
export async function killExtensions(firefox: Firefox): Promise<void> {
  await firefox.inBrowser(`Services.prefs.setIntPref('extensions.webextensions.crash.threshold', 1_000);`);
  const killed = await patiently('Firefox runs extensions', () => processOf(firefox));
  process.kill(killed, 'SIGKILL');
  await patiently('the background page runs in another process', async () => {
    const now = await processOf(firefox);
    if (now === null || now === killed) return false;
    return firefox.inBrowser(
      `return WebExtensionPolicy.getByID(args[0]).extension.backgroundState === 'running';`,
      ADDON,
    );
  });
  await firefox.inBrowser(`
    const { gBrowser } = [...Services.wm.getEnumerator('navigator:browser')].find(({ toolbar }) => toolbar.visible);
    for (const tab of [...gBrowser.tabs])
      if (tab.linkedBrowser.currentURI.scheme === 'moz-extension') gBrowser.removeTab(tab);`);
}

async function processOf(firefox: Firefox): Promise<number | null> {
  const found = await firefox.inBrowser(`
    const { children } = await ChromeUtils.requestProcInfo();
    return children.find(({ type }) => type === 'extension')?.pid ?? null;`);
  return typeof found === 'number' ? found : null;
}
