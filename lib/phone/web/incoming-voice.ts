/** What one peer hears: played as soon as there is a track, silenced while deaf. */

interface Dependencies {
  /** Plays until the returned function is called. */
  readonly play: (voice: MediaStream) => () => void;
  /** A track came, or its first packet. */
  readonly onSound: () => void;
}

export class IncomingVoice {
  readonly #deps: Dependencies;
  readonly #listening = new AbortController();
  #track: MediaStreamTrack | null = null;
  #stop: () => void = () => undefined;
  #deaf = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** The same track comes again whenever the other side takes up sending after a hold. */
  hear(track: MediaStreamTrack): void {
    if (track.kind !== 'audio' || track === this.#track) return;
    this.#track = track;
    track.enabled = !this.#deaf;
    this.#stop();
    this.#stop = this.#deps.play(new MediaStream([track]));
    track.addEventListener('unmute', () => this.#deps.onSound(), { signal: this.#listening.signal });
    this.#deps.onSound();
  }

  /** Silent here and in every mix that this voice is part of. */
  setDeaf(deaf: boolean): void {
    this.#deaf = deaf;
    if (this.#track !== null) this.#track.enabled = !deaf;
  }

  close(): void {
    this.#listening.abort();
    this.#stop();
  }
}
