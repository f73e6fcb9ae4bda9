/** The voice one peer of a three-way conference gets: ours and the others', mixed here. */

/** One context for every mix; it runs only while there is one. */
let context: AudioContext | null = null;
let mixes = 0;

export class Mix {
  readonly #context: AudioContext;
  readonly #out: MediaStreamAudioDestinationNode;
  readonly #others: readonly MediaStreamAudioSourceNode[];
  #ours: MediaStreamAudioSourceNode | null = null;
  #closed = false;

  constructor(others: readonly MediaStreamTrack[]) {
    context ??= new AudioContext({ latencyHint: 'interactive' });
    mixes += 1;
    this.#context = context;
    this.#out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    this.#others = others.map((track) => this.#listenTo(track));
  }

  /** What the peer sends instead of the bare microphone. */
  get track(): MediaStreamTrack | null {
    return this.#out.stream.getAudioTracks()[0] ?? null;
  }

  /** A muted track of ours is silent in the mix too, and the others go on being heard. */
  setOurs(track: MediaStreamTrack | null): void {
    this.#ours?.disconnect();
    this.#ours = track === null ? null : this.#listenTo(track);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const node of [...this.#others, this.#ours]) node?.disconnect();
    this.track?.stop();
    mixes -= 1;
    if (mixes > 0) return;
    context = null;
    void this.#context.close();
  }

  #listenTo(track: MediaStreamTrack): MediaStreamAudioSourceNode {
    const mediaStream = new MediaStream([track]);
    const node = new MediaStreamAudioSourceNode(this.#context, { mediaStream });
    node.connect(this.#out);
    return node;
  }
}
