// Runs in the page beside the official SDK, or ours behind its name: a thin hand on its client, and an ear on what it window.plays.
/* global made -- kept by instruments.js */

const { TelnyxRTC } = window.TelnyxWebRTC;
const POLL_MS = 20;
const PATIENCE_MS = 30_000;

let client = null;
let analyser = null;
let listening = null;
const errors = [];
const warnings = [];
const told = [];
const names = [
  ...['ready', 'error', 'warning', 'notification', 'socket.open', 'socket.close', 'socket.error', 'socket.message'],
  ...['rtc.mediaError', 'rtc.peerConnectionFailureError', 'rtc.peerConnectionSignalingStateClosed'],
  ...['stats.frame', 'stats.report', 'ai.conversation'],
];
const states = new Map();

async function until(what, look) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function describe(call) {
  const { id, state, direction, cause, causeCode, sipCode, sipReason } = call;
  return { id, state, direction, cause, causeCode, sipCode, sipReason, states: states.get(id) ?? [] };
}

const ended = new Map();

function noted({ type, call }) {
  if (type !== 'callUpdate') return;
  states.set(call.id, [...(states.get(call.id) ?? []), call.state]);
  if (call.state === 'destroy') ended.set(call.id, describe(call));
}

/** Dominant frequency of what the remote element plays; null in silence. */
function hertz() {
  const stream = document.getElementById('remote').srcObject;
  if (!stream || stream.getAudioTracks().length === 0) return null;
  if (listening !== stream) {
    const context = new AudioContext();
    analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    listening = stream;
  }
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  let best = 1;
  for (let bin = 2; bin < bins.length - 1; bin++) if (bins[bin] > bins[best]) best = bin;
  if (bins[best] < -60) return null;
  const [left, centre, right] = [bins[best - 1], bins[best], bins[best + 1]];
  const shift = (0.5 * (left - right)) / (left - 2 * centre + right || 1);
  return ((best + shift) * analyser.context.sampleRate) / analyser.fftSize;
}

window.plays = {
  /** Resolves at `telnyx.ready`, rejects with the SDK's error. */
  signIn(options) {
    window.plays.make(options);
    return new Promise((resolve, reject) => {
      client.on('telnyx.ready', () => resolve({ region: client.region, dc: client.dc, sessid: client.sessionid }));
      client.on('telnyx.error', ({ error }) => reject(new Error(`${error.code} ${error.name}`)));
      client.connect();
    });
  },
  /** A client that is not connected yet; what it throws comes out. */
  make(options) {
    client = new TelnyxRTC({ iceServers: [], ...options });
    client.remoteElement = 'remote';
    client.on('telnyx.notification', noted);
    client.on('telnyx.error', ({ error }) => errors.push({ code: error.code, name: error.name }));
    client.on('telnyx.warning', ({ warning }) => warnings.push(warning.code));
    for (const name of names) client.on(`telnyx.${name}`, (payload) => told.push({ name, payload }));
  },
  /** What the client says of these options when it is made; null where it is content. */
  refusal(options) {
    try {
      window.plays.make(options);
      return null;
    } catch ({ reason, facts }) {
      return { reason, facts };
    }
  },
  connect: () => client.connect(),
  registered: () => client.getIsRegistered(),
  dial(number, options = {}) {
    return client.newCall({ ...(number === '' ? {} : { destinationNumber: number }), ...options }).id;
  },
  /** Resolves with the call once it is in that state. */
  reaches: (id, state) =>
    until(`${id} is ${state}`, () => (client.calls[id]?.state === state ? describe(client.calls[id]) : null)),
  /** Resolves once the call is in that state, or was: for a state that does not last. */
  passes: (id, state) => until(`${id} was ${state}`, () => states.get(id)?.includes(state)),
  ends: (id) => until(`${id} ends`, () => ended.get(id)),
  rings: () =>
    until('a call rings', () => {
      const call = Object.values(client.calls).find(({ state }) => state === 'ringing');
      return call ? describe(call) : null;
    }),
  answer: (id, how) => client.calls[id].answer(how),
  hold: (id) => client.calls[id].hold(),
  unhold: (id) => client.calls[id].unhold(),
  dtmf: (id, digits) => client.calls[id].dtmf(digits),
  mute: (id) => client.calls[id].muteAudio(),
  unmute: (id) => client.calls[id].unmuteAudio(),
  muted: (id) => client.calls[id].isAudioMuted,
  say: (id, text) => client.calls[id].sendConversationMessage(text, []),
  message: (id, to, body) => client.calls[id].message(to, body),
  renew: (creds) => client.login({ creds }),
  useMicrophone: (id, device) => client.calls[id].setAudioInDevice(device),
  /** The device that the newest track came from. */
  device: () => made.tracks.at(-1).getSettings().deviceId,
  /** Ids of the audio inputs that are there. */
  microphones: async () =>
    (await navigator.mediaDevices.enumerateDevices())
      .filter(({ kind }) => kind === 'audioinput')
      .map(({ deviceId }) => deviceId),
  warnings: () => warnings,
  /** How often each event was told. */
  tally: () => told.reduce((counts, { name }) => ({ ...counts, [name]: (counts[name] ?? 0) + 1 }), {}),
  tells: (name) => until(`${name} is told`, () => told.some((event) => event.name === name)),
  warns: (code) => until(`${code} is warned of`, () => warnings.includes(code)),
  fails: (code) => until(`${code} is told`, () => errors.find((error) => error.code === code)),
  /** Calls one of the functions that came with the newest error. */
  answerError: (what) => told.findLast(({ name }) => name === 'error').payload[what](),
  lastError: () => {
    const { recoverable, retryDeadline } = told.findLast(({ name }) => name === 'error').payload;
    return { recoverable, retryDeadline };
  },
  stats: () => told.filter(({ name }) => name === 'stats.frame').map(({ payload }) => payload),
  samples: (count) => until(`${count} samples`, () => window.plays.stats().length >= count),
  report: () => told.find(({ name }) => name === 'stats.report')?.payload ?? null,
  /** The newest peer's selected pair; null before there is one. */
  async pair() {
    const entries = [...(await made.peers.at(-1).getStats()).values()];
    const transport = entries.find(({ type }) => type === 'transport');
    const pair = entries.find(({ id }) => id === transport?.selectedCandidatePairId);
    if (!pair) return null;
    const type = (id) => entries.find((entry) => entry.id === id)?.candidateType;
    return { local: type(pair.localCandidateId), remote: type(pair.remoteCandidateId) };
  },
  configurations: () => made.peers.map((peer) => peer.getConfiguration()),
  sockets: () => made.sockets,
  /** Messages that were sent so far, over all sockets. */
  sent: () => made.sent,
  opensSocket: () => until('a socket is opened', () => made.sockets.at(-1)),
  /** From now on the microphone opens only after `openMicrophone`. */
  keepMicrophone() {
    made.microphoneMay = new Promise((resolve) => (made.openMicrophone = resolve));
  },
  microphoneAsked: () => until('the microphone is asked for', () => made.microphoneAsked),
  openMicrophone: () => made.openMicrophone(),
  /** A connection that is no part of the call, and asks that STUN server at once. */
  asksStun(urls) {
    made.control = new RTCPeerConnection({ iceServers: [{ urls }], iceCandidatePoolSize: 1 });
    made.peers = made.peers.filter((peer) => peer !== made.control);
  },
  denyMicrophone: (deny) => (made.microphone = deny ? 'denied' : 'granted'),
  microphonesOpen: () => made.tracks.filter(({ readyState }) => readyState === 'live').length,
  /** Nothing plays by itself and over and over: neither ring nor ringback. */
  ringsNoMore: () => until('it rings no more', () => made.played.every(({ loop, element }) => !loop || element.paused)),
  everPlayed: (part) => made.played.some(({ element }) => element.currentSrc.startsWith(part)),
  playsLoop: (part) =>
    until(`${part} is played`, () =>
      made.played.some(({ loop, element }) => loop && !element.paused && element.currentSrc.startsWith(part)),
    ),
  hangUp: (id) => client.calls[id].hangup(),
  hears: (wanted) =>
    until(`${wanted} Hz is heard`, () => {
      const heard = hertz();
      return heard !== null && Math.abs(heard - wanted) < wanted * 0.01 ? heard : null;
    }),
  hearsNothing: () => until('nothing is heard', () => hertz() === null),
  socketOpens: () => client.connected,
  errors: () => errors,
  /** What a page does when it goes. */
  unload: () => (client.leave ? client.leave() : window.dispatchEvent(new Event('beforeunload'))),
  leave: () => client?.disconnect(),
};
