/** Firefox's own address bar, typed in and confirmed as a person does. */

import type { Firefox } from './firefox';
import { patiently } from './patience';

/** Types a line that begins with the extension's keyword, waits until the bar offers it to the extension, and presses Enter. */
export async function entersInAddressBar(firefox: Firefox, text: string): Promise<void> {
  const [keyword] = text.split(' ');
  await firefox.inBrowser(
    `const { gURLBar } = Services.wm.getMostRecentWindow('navigator:browser');
    gURLBar.focus();
    gURLBar.search(args[0]);`,
    text,
  );
  await patiently(`the address bar offers “${text}” to the extension`, () =>
    firefox.inBrowser(
      `const { document } = Services.wm.getMostRecentWindow('navigator:browser');
      const { heuristic, payload } = document.querySelector('.urlbarView-row')?.result ?? {};
      return heuristic === true && payload.keyword === args[0] && payload.content === args[1];`,
      keyword,
      text,
    ),
  );
  await firefox.inBrowser(
    `const window = Services.wm.getMostRecentWindow('navigator:browser');
    window.gURLBar.handleCommand(new window.KeyboardEvent('keydown', { key: 'Enter', keyCode: 13 }));`,
  );
}
