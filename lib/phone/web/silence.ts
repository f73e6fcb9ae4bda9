/** Silence as a microphone, for a call whose voice is not there: packets go on, so that no server takes the call for dead. */

import type { Log } from '../ports';
import { TrackMicrophone } from './microphone';

export class SilentMicrophone extends TrackMicrophone {
  readonly silent = true;
  readonly #context: AudioContext;

  constructor(log: Log, onClosed: () => void) {
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    if (track === undefined) throw new DOMException('no audio track', 'NotFoundError');
    super(track, null, log, onClosed);
    this.#context = context;
  }

  override close(): void {
    super.close();
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}
