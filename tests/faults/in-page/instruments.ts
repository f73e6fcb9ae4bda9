/** Measures from inside the page, the same way for either client: sockets, packets of every peer, live microphones. */

const Native = {
  WebSocket,
  RTCPeerConnection,
  getUserMedia: navigator.mediaDevices.getUserMedia,
  setTimeout: setTimeout.bind(globalThis),
  clearTimeout: clearTimeout.bind(globalThis),
};
const SAMPLE_MS = 20;
const PACKET_MS = 20;
/** Shorter silences are the machine's, not the call's. */
const A_GAP_MS = 200;

interface Watched {
  readonly peer: RTCPeerConnection;
  /** At the mark. */
  received: number;
  lost: number;
  /** Since the mark; null where nothing came. */
  firstAt: number | null;
  lastAt: number | null;
}

export interface Measured {
  /** Milliseconds from the mark to the next new socket; null where there was none. */
  readonly socketMs: number | null;
  /** To the end of the last silence of more than 200 ms that the machine does not account for; 0 where there was none, null while it lasts. */
  readonly audioMs: number | null;
  /** Longest time without a packet from any peer. */
  readonly gapMs: number;
  /** By sequence numbers on one peer; between two peers by the clock, a packet every 20 ms. */
  readonly lost: number;
  /** Peers that were made since the mark. */
  readonly newPeers: number;
  /** To the first `attach` sent. */
  readonly attachMs: number | null;
}

export interface Left {
  readonly peers: number;
  readonly tracks: number;
  readonly sockets: number;
  /** Waits that have not run yet, the instruments' own left out. */
  readonly timers: number;
  readonly rejections: readonly string[];
}

const peers = new Set<SeenPeer>();
const tracks = new Set<MediaStreamTrack>();
const sockets = new Set<WebSocket>();
type Wait = ReturnType<typeof setTimeout>;
const timers = new Set<Wait>();
const rejections: string[] = [];
let watched = new Map<RTCPeerConnection, Watched>();
let markedAt = performance.now();
let lastAt = performance.now();
let longestMs = 0;
/** Silences that were too long, since the mark. */
let silences: { readonly ms: number; readonly endedAt: number }[] = [];
/** The latest that a look ever came: the page stood still meanwhile, and heard nothing by no fault of the call's. */
let latestMs = 0;
let made = 0;
let socketAt: number | null = null;
let attachAt: number | null = null;
let watching = 0;

class SeenSocket extends Native.WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    socketAt ??= performance.now();
    sockets.add(this);
    this.addEventListener('close', () => sockets.delete(this));
  }

  override send(data: string): void {
    if (/"method":"(telnyx_rtc|verto)\.attach"/.test(data)) attachAt ??= performance.now();
    super.send(data);
  }
}

class SeenPeer extends Native.RTCPeerConnection {
  readonly gone: Promise<null>;
  #goes: (gone: null) => void = () => undefined;

  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    this.gone = new Promise((resolve) => (this.#goes = resolve));
    peers.add(this);
    made += 1;
  }

  override close(): void {
    super.close();
    this.#goes(null);
  }
}

export function install(): void {
  globalThis.WebSocket = SeenSocket;
  globalThis.RTCPeerConnection = SeenPeer;
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await Native.getUserMedia.call(navigator.mediaDevices, constraints);
    for (const track of stream.getTracks()) tracks.add(track);
    return stream;
  };
  const countingTimeout = (run: () => void, ms?: number): Wait => {
    const id = Native.setTimeout(() => {
      timers.delete(id);
      run();
    }, ms);
    timers.add(id);
    return id;
  };
  const countingClear = (id?: Wait): void => {
    if (id !== undefined) timers.delete(id);
    Native.clearTimeout(id);
  };
  Object.assign(globalThis, { setTimeout: countingTimeout, clearTimeout: countingClear });
  globalThis.addEventListener('unhandledrejection', ({ reason }) => rejections.push(String(reason)));
}

const open = (): SeenPeer[] => {
  for (const peer of peers) if (peer.signalingState === 'closed') peers.delete(peer);
  return [...peers];
};

async function counted(peer: SeenPeer): Promise<{ peer: SeenPeer; received: number; lost: number }> {
  const sum = { peer, received: 0, lost: 0 };
  (await peer.getStats()).forEach((entry: RTCStats & { packetsReceived?: number; packetsLost?: number }) => {
    if (entry.type !== 'inbound-rtp') return;
    sum.received += entry.packetsReceived ?? 0;
    sum.lost += entry.packetsLost ?? 0;
  });
  return sum;
}

async function sample(): Promise<void> {
  // Firefox never tells the statistics of a peer that is closed meanwhile.
  const looks = open().map((peer) => Promise.race([peer.gone, counted(peer)]));
  const found = (await Promise.all(looks)).filter((look) => look !== null);
  const now = performance.now();
  let grew = false;
  for (const { peer, received, lost } of found) {
    const before = watched.get(peer);
    const entry = before ?? { peer, received: 0, lost: 0, firstAt: null, lastAt: null };
    watched.set(peer, entry);
    lastSeen.set(peer, { received, lost });
    if (received <= (seen.get(peer) ?? entry.received)) continue;
    seen.set(peer, received);
    entry.firstAt ??= now;
    entry.lastAt = now;
    grew = true;
  }
  if (!grew) return;
  const gap = now - lastAt;
  longestMs = Math.max(longestMs, gap);
  if (gap > A_GAP_MS) silences.push({ ms: gap, endedAt: now });
  lastAt = now;
}
let seen = new Map<RTCPeerConnection, number>();
let lastSeen = new Map<RTCPeerConnection, { received: number; lost: number }>();

/** A wait that is not counted. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => void Native.setTimeout(resolve, ms));

/** Counts from now on. */
export async function mark(): Promise<void> {
  watched = new Map();
  seen = new Map();
  lastSeen = new Map();
  for (const peer of open()) {
    const now = await Promise.race([peer.gone, counted(peer)]);
    if (now === null) continue;
    const { received, lost } = now;
    watched.set(peer, { peer, received, lost, firstAt: null, lastAt: null });
    seen.set(peer, received);
    lastSeen.set(peer, { received, lost });
  }
  markedAt = lastAt = performance.now();
  longestMs = made = latestMs = 0;
  silences = [];
  socketAt = attachAt = null;
  const mine = (watching += 1);
  let due = performance.now();
  const again = (): void => {
    if (watching !== mine) return;
    latestMs = Math.max(latestMs, performance.now() - due);
    due = performance.now() + SAMPLE_MS;
    void sample().then(() => Native.setTimeout(again, SAMPLE_MS));
  };
  again();
}

/** `stalledMs`: for how long at most the gateway stood still, whose sound was late by so much. */
export function measured(stalledMs = 0): Measured {
  const now = performance.now();
  const tooLong = A_GAP_MS + Math.max(stalledMs, latestMs);
  const ended = silences.findLast(({ ms }) => ms > tooLong)?.endedAt ?? null;
  const heard = [...watched.values()].filter(({ firstAt }) => firstAt !== null);
  const inOrder = heard.toSorted((a, b) => (a.firstAt ?? 0) - (b.firstAt ?? 0));
  let lost = 0;
  let until: number | null = null;
  for (const { peer, firstAt, lastAt: last, lost: before } of inOrder) {
    lost += Math.max(0, (lastSeen.get(peer)?.lost ?? before) - before);
    if (until !== null && firstAt !== null) lost += Math.max(0, Math.round((firstAt - until) / PACKET_MS) - 1);
    until = Math.max(until ?? 0, last ?? 0);
  }
  const silent = now - lastAt > tooLong;
  const since = (at: number | null): number | null => (at === null ? null : Math.round(at - markedAt));
  return {
    socketMs: since(socketAt),
    attachMs: since(attachAt),
    audioMs: silent ? null : (since(ended) ?? 0),
    gapMs: Math.round(Math.max(longestMs, silent ? now - lastAt : 0)),
    lost,
    newPeers: made,
  };
}

/** How long nothing has come. */
export function quietMs(): number {
  return performance.now() - lastAt;
}

export function stopMeasuring(): void {
  watching += 1;
}

export function left(): Left {
  for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
  return {
    peers: open().length,
    tracks: tracks.size,
    sockets: sockets.size,
    timers: timers.size,
    rejections: rejections.splice(0),
  };
}
