/** Listens inside the engine's document of a real Firefox, with the functions that listen in Chromium. */

import { hearTracks, readCounters, type Counters, type Heard } from '../../../scripts/stage/measure';

/** Runs a script in a page of ours, which lives in the same process as the engine. */
type Desk = (script: string, ...args: readonly unknown[]) => Promise<unknown>;

export class Ears {
  readonly #desk: Desk;

  private constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** From now on every new peer connection of the engine is known; nothing else of it changes. */
  static async open(desk: Desk): Promise<Ears> {
    await desk(`${ENGINE}
      const peers = new engine.Array();
      const Native = engine.RTCPeerConnection;
      engine.stagePeers = peers;
      engine.RTCPeerConnection = class extends Native {
        constructor(...given) {
          super(...given);
          peers.push(this);
        }
      };`);
    return new Ears(desk);
  }

  /** What comes out of the remote tracks in the next `ms` milliseconds; `local` is what is sent. */
  async hear(side: 'remote' | 'local' = 'remote', ms = 400): Promise<Heard> {
    return (await this.#measure(hearTracks.toString(), side, ms)) as Heard;
  }

  /** Of all peer connections that are not closed, added up. */
  async counters(): Promise<Counters> {
    return (await this.#measure(readCounters.toString())) as Counters;
  }

  #measure(how: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.#desk(
      `${ENGINE} return JSON.parse(JSON.stringify(await (${how})([...engine.stagePeers], ...args)));`,
      ...args,
    );
  }
}

/** What the engine's own scripts see. */
const ENGINE = 'const engine = (await page.browser.runtime.getBackgroundPage()).frames[0].wrappedJSObject;\n';
