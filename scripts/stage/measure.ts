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

/** The mean spectrum over `ms` milliseconds, its highest peak found between two bins by a parabola. */
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
  if (tracks.length === 0) return { hz: 0, level: 0 };
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
    if (level < 0.001) return { hz: 0, level };
    // Below 100 Hz lies hum, never a tone of ours.
    let top = Math.ceil((100 * analyser.fftSize) / context.sampleRate);
    power.forEach((value, i) => (top = i > top && value > (power[top] ?? 0) ? i : top));
    const [before = 1, at = 1, after = 1] = [power[top - 1], power[top], power[top + 1]].map((value) =>
      Math.log(value ?? 1),
    );
    const shift = (before - after) / (2 * (before - 2 * at + after) || 1);
    return { hz: ((top + shift) * context.sampleRate) / analyser.fftSize, level };
  } finally {
    await context.close();
  }
}
