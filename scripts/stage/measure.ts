/** Functions that run inside the engine's document. Each must stand alone: only its text travels. */

export interface Counters {
  readonly peers: number;
  readonly packetsReceived: number;
  readonly packetsSent: number;
  /** By the numbers of those that came. */
  readonly packetsLost: number;
  /** When they were read, in milliseconds of the document's own clock. */
  readonly at: number;
}

export interface Heard {
  /** The loudest frequency in Hz; 0 in silence. */
  readonly hz: number;
  /** Every steady tone in Hz down to 25 dB below the loudest, from low to high; empty in silence. */
  readonly tones: readonly number[];
  /** Root mean square, 0 to 1. */
  readonly level: number;
}

export async function readCounters(peers: readonly RTCPeerConnection[]): Promise<Counters> {
  const open = [...peers].filter((peer) => peer.connectionState !== 'closed');
  let packetsReceived = 0;
  let packetsSent = 0;
  let packetsLost = 0;
  for (const peer of open) {
    for (const report of (await peer.getStats()).values() as Iterable<Record<string, unknown>>) {
      if (report['type'] === 'inbound-rtp') packetsReceived += Number(report['packetsReceived'] ?? 0);
      if (report['type'] === 'inbound-rtp') packetsLost += Number(report['packetsLost'] ?? 0);
      if (report['type'] === 'outbound-rtp') packetsSent += Number(report['packetsSent'] ?? 0);
    }
  }
  return { peers: open.length, packetsReceived, packetsSent, packetsLost, at: performance.now() };
}

/** The devices that are heard there now, by their names. */
export function sentLabels(peers: readonly RTCPeerConnection[]): Promise<string[]> {
  const open = [...peers].filter((peer) => peer.connectionState !== 'closed');
  return Promise.resolve(
    open.flatMap((peer) => peer.getSenders().flatMap(({ track }) => (track === null ? [] : [track.label]))),
  );
}

export interface Given {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Sound that the microphone had given until then, in milliseconds since it was opened. */
  readonly ms: number;
}

/** How much sound the microphones that are sent have given, read ten times in half a second; one that two peers send counts once. */
export async function readGiven(peers: readonly RTCPeerConnection[]): Promise<Given[]> {
  const open = [...peers].filter((peer) => peer.connectionState !== 'closed');
  const tracks = new Set(open.flatMap((peer) => peer.getSenders().flatMap(({ track }) => track ?? [])));
  const readings: Given[] = [];
  while (readings.length < 10) {
    await new Promise((resolve) => void setTimeout(resolve, 50));
    let ms = 0;
    // Chromium counts it since its version 124; TypeScript does not know of it.
    for (const track of tracks as ReadonlySet<{ readonly stats?: { readonly deliveredFramesDuration: number } }>) {
      if (track.stats === undefined) throw new Error('this browser does not count what a microphone gives');
      ms += track.stats.deliveredFramesDuration;
    }
    readings.push({ at: Date.now(), ms });
  }
  return readings;
}

/** The mean spectrum over `ms` milliseconds, each peak found between two bins by a parabola. */
export async function hearTracks(
  peers: readonly RTCPeerConnection[],
  side: 'local' | 'remote',
  ms: number,
): Promise<Heard> {
  const open = [...peers].filter((peer) => peer.connectionState !== 'closed');
  const ends = open.flatMap((peer): { track: MediaStreamTrack | null }[] =>
    side === 'remote' ? peer.getReceivers() : peer.getSenders(),
  );
  const tracks = ends
    .map(({ track }) => track)
    .filter((track) => track !== null)
    .filter(({ readyState }) => readyState === 'live');
  if (tracks.length === 0) return { hz: 0, tones: [], level: 0 };
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    // A source of a stream takes one of its tracks and leaves the others.
    for (const track of tracks) context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const samples = new Float32Array(analyser.fftSize);
    const power = new Float64Array(bins.length);
    let square = 0;
    let looks = 0;
    const windowMs = (analyser.fftSize / context.sampleRate) * 1000;
    for (let passed = 0; passed < Math.max(ms, windowMs); passed += windowMs) {
      await new Promise((resolve) => void setTimeout(resolve, windowMs));
      analyser.getFloatFrequencyData(bins);
      analyser.getFloatTimeDomainData(samples);
      bins.forEach((decibel, i) => (power[i] = (power[i] ?? 0) + 10 ** (decibel / 10)));
      square += samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      looks += 1;
    }
    const level = Math.sqrt(square / looks);
    if (level < 0.001) return { hz: 0, tones: [], level };
    const binHz = context.sampleRate / analyser.fftSize;
    const at = (bin: number): number => power[bin] ?? 0;
    // Below 100 Hz lies hum, never a tone of ours.
    const lowest = Math.ceil(100 / binHz);
    let top = lowest;
    power.forEach((value, bin) => (top = bin > top && value > at(top) ? bin : top));
    const [reach, faintest] = [Math.ceil(60 / binHz), at(top) / 10 ** 2.5];
    const isPeak = (bin: number): boolean => {
      if (bin < lowest || at(bin) < faintest) return false;
      for (let near = bin - reach; near <= bin + reach; near += 1) if (at(near) > at(bin)) return false;
      return true;
    };
    const between = (bin: number): number => {
      const [before = 0, here = 0, after = 0] = [bin - 1, bin, bin + 1].map((one) => Math.log(at(one) || 1));
      return (bin + (before - after) / (2 * (before - 2 * here + after) || 1)) * binHz;
    };
    const peaks = [...power.keys()].filter(isPeak);
    return { hz: between(top), tones: peaks.map(between), level };
  } finally {
    await context.close();
  }
}
