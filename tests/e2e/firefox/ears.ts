/** Listens inside the engine's document of a real Firefox. On a machine with no sound card a recorder runs, an analyser does not. */

import { dominantFrequency, loudness } from '../../../gateway/media/spectrum';
import { readCounters, type Counters } from '../../../scripts/stage/measure';
import { soundOf } from './ogg';

/** Runs a script in a page of ours, which lives in the same process as the engine. */
type Desk = (script: string, ...args: readonly unknown[]) => Promise<unknown>;

export interface Sound {
  /** The loudest frequency in Hz; null in silence. */
  readonly hz: number | null;
  /** Root mean square, 0 to 1. */
  readonly level: number;
}

const RATE = 48_000;
const AUDIBLE = 0.003;

export class Ears {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** From now on every new peer connection of the engine is known, and who lends it a voice; nothing else of it changes. */
  async open(): Promise<void> {
    await this.#desk(`${ENGINE}
      const peers = new engine.Array();
      const Native = engine.RTCPeerConnection;
      engine.stagePeers = peers;
      engine.RTCPeerConnection = class extends Native {
        constructor(...given) {
          super(...given);
          peers.push(this);
        }
      };
      const lenders = new engine.Map();
      const { lendVoice } = engine;
      engine.stageLenders = lenders;
      engine.lendVoice = (key, lender) => {
        const end = lendVoice(key, lender);
        lenders.set(key, lender.stays);
        return () => {
          lenders.delete(key);
          end();
        };
      };`);
  }

  /** Whether a page lends that stays, so that no call opens a window. */
  async hasLender(): Promise<boolean> {
    return (await this.#desk(`${ENGINE} return [...engine.stageLenders.values()].includes(true);`)) === true;
  }

  /** What comes out of each peer connection that is not closed, oldest first, in the next `ms` milliseconds. */
  async hear(ms = 500): Promise<readonly Sound[]> {
    const files = (await this.#measure(record.toString(), ms)) as readonly string[];
    return files.map((file) => {
      const sound = soundOf(Buffer.from(file, 'base64'));
      const level = loudness(sound);
      return { hz: level < AUDIBLE ? null : dominantFrequency(sound, RATE), level };
    });
  }

  /** Of all peer connections that are not closed, added up. */
  async counters(): Promise<Counters> {
    return (await this.#measure(readCounters.toString())) as Counters;
  }

  /** What kind of candidate sends, on each open peer connection: `host`, `srflx`, `relay`. */
  async paths(): Promise<readonly string[]> {
    return (await this.#measure(readPaths.toString())) as readonly string[];
  }

  /** Whether the engine's document may play and mix sound unasked, as Firefox says itself. */
  async mayPlay(): Promise<unknown> {
    return this.#desk(`${ENGINE}return engine.navigator.getAutoplayPolicy('audiocontext');`);
  }

  #measure(how: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.#desk(
      `${ENGINE} return JSON.parse(JSON.stringify(await (${how})([...engine.stagePeers], ...args)));`,
      ...args,
    );
  }
}

const ENGINE = 'const engine = (await browser.runtime.getBackgroundPage()).frames[0];\n';

/** Ogg files in base64. Runs in the page, and knows nothing of this file. */
async function record(peers: readonly RTCPeerConnection[], ms: number): Promise<readonly string[]> {
  const open = peers.filter(({ connectionState }) => connectionState !== 'closed');
  return Promise.all(
    open.map(async (peer) => {
      const tracks = peer.getReceivers().map(({ track }) => track);
      const recorder = new MediaRecorder(new MediaStream(tracks.slice(0, 1)), { mimeType: 'audio/ogg; codecs=opus' });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      const stopped = new Promise((resolve) => (recorder.onstop = resolve));
      recorder.start();
      setTimeout(() => recorder.stop(), ms);
      await stopped;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }),
  );
}

/** Runs in the page, and knows nothing of this file. */
async function readPaths(peers: readonly RTCPeerConnection[]): Promise<readonly string[]> {
  const kinds: string[] = [];
  for (const peer of peers) {
    if (peer.connectionState === 'closed') continue;
    const stats = await peer.getStats();
    stats.forEach((pair: { type: string; selected?: boolean; localCandidateId?: string }) => {
      if (pair.type !== 'candidate-pair' || pair.selected !== true) return;
      const local: unknown = stats.get(pair.localCandidateId ?? '');
      if (typeof local === 'object' && local !== null && 'candidateType' in local)
        kinds.push(String(local.candidateType));
    });
  }
  return kinds;
}
