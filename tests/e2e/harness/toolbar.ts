/** What the browser shows of the phone outside its pages: the button in the toolbar, and the system's notifications. */

import type { Worker } from 'playwright';
import type { Stage } from '../../../scripts/stage/chromium';
import { until } from '../../../scripts/stage/until';

/** Chrome's events carry this for its own bindings; nothing else in a test reaches a notification of the system. */
interface Dispatching {
  dispatch(id: string, button?: number): void;
}

export class Toolbar {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async badge(): Promise<string> {
    return (await this.#stage.worker()).evaluate(() => chrome.action.getBadgeText({}));
  }

  /** Waits for a tooltip like this. */
  says(title: RegExp): Promise<string> {
    return until(`the tooltip says ${String(title)}`, async () => {
      const shown = await (await this.#stage.worker()).evaluate(() => chrome.action.getTitle({}));
      return title.test(shown) ? shown : null;
    });
  }

  /** The ids of those that the browser holds. */
  async notifications(): Promise<readonly string[]> {
    const worker = await this.#stage.worker();
    return worker.evaluate(
      () => new Promise<string[]>((resolve) => chrome.notifications.getAll((all) => resolve(Object.keys(all)))),
    );
  }

  /** A press on one of its buttons, from where the browser's own message would arrive: its event in the service worker. */
  async press(id: string, button: number): Promise<void> {
    await (
      await this.#listening()
    ).evaluate(
      ([notice, index]) => {
        (chrome.notifications.onButtonClicked as unknown as Dispatching).dispatch(notice, index);
      },
      [id, button] as const,
    );
  }

  /** A press on the notification itself. */
  async open(id: string): Promise<void> {
    await (
      await this.#listening()
    ).evaluate((notice) => {
      (chrome.notifications.onClicked as unknown as Dispatching).dispatch(notice);
    }, id);
  }

  /** A worker that has only just begun can be spoken to before it listens; the browser would wait for it. */
  #listening(): Promise<Worker> {
    return until('the service worker listens', async () => {
      const living = await this.#stage.worker();
      return (await living.evaluate(() => chrome.notifications.onButtonClicked.hasListeners())) ? living : null;
    });
  }
}
