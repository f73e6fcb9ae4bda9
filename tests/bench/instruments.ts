/** Measures from inside the page, the same way for either client: its socket, its peer connections, the clock. */

interface Marks {
  invite: number | null;
  audio: number | null;
  bytesOut: number;
  bytesIn: number;
  opened: number | null;
}

const marks: Marks = { invite: null, audio: null, bytesOut: 0, bytesIn: 0, opened: null };
const peers = new Set<RTCPeerConnection>();
const POLL_MS = 2;
const encoder = new TextEncoder();

const Native = { WebSocket, RTCPeerConnection };

class MeasuredSocket extends Native.WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.addEventListener('open', () => (marks.opened = performance.now()));
    this.addEventListener('message', ({ data }: MessageEvent<unknown>) => (marks.bytesIn += sizeOf(data)));
  }

  override send(data: string): void {
    if (data.includes('"telnyx_rtc.invite"')) marks.invite ??= performance.now();
    marks.bytesOut += sizeOf(data);
    super.send(data);
  }
}

class MeasuredPeer extends Native.RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    peers.add(this);
  }
}

function sizeOf(data: unknown): number {
  return typeof data === 'string' ? encoder.encode(data).length : 0;
}

async function hearsSomething(peer: RTCPeerConnection): Promise<boolean> {
  let packets = 0;
  (await peer.getStats()).forEach((entry: RTCStats & { packetsReceived?: number }) => {
    if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0;
  });
  return packets > 0;
}

export interface Measured {
  /** Milliseconds since the dial. */
  readonly invite: number;
  readonly audio: number;
  /** Bytes of the frames of both directions, from the dial to the first packet of sound. */
  readonly bytes: number;
}

/** Dials, and resolves when the first packet of sound is there. */
export async function measureCall(dial: () => unknown): Promise<Measured> {
  Object.assign(marks, { invite: null, audio: null, bytesOut: 0, bytesIn: 0 });
  peers.clear();
  const from = performance.now();
  dial();
  while (marks.audio === null) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    for (const peer of peers) if (await hearsSomething(peer)) marks.audio ??= performance.now();
    if (performance.now() - from > 20_000) throw new Error('no sound in 20 s');
  }
  peers.clear();
  if (marks.invite === null) throw new Error('no invite was sent');
  return { invite: marks.invite - from, audio: marks.audio - from, bytes: marks.bytesOut + marks.bytesIn };
}

/** Milliseconds from the opening of the socket to `ready`. */
export function sinceOpened(): number {
  if (marks.opened === null) throw new Error('the socket never opened');
  return performance.now() - marks.opened;
}

export function install(): void {
  globalThis.WebSocket = MeasuredSocket;
  globalThis.RTCPeerConnection = MeasuredPeer;
}
