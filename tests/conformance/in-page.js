// Runs in the page beside the official SDK: a thin hand on its client, and an ear on what it plays.

const { TelnyxRTC } = window.TelnyxWebRTC;
const POLL_MS = 20;
const PATIENCE_MS = 20_000;

let client = null;
let analyser = null;
let listening = null;
const errors = [];
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
    client = new TelnyxRTC({ iceServers: [], ...options });
    client.remoteElement = 'remote';
    client.on('telnyx.notification', noted);
    client.on('telnyx.error', ({ error }) => errors.push({ code: error.code, name: error.name }));
    return new Promise((resolve, reject) => {
      client.on('telnyx.ready', () => resolve({ region: client.region, dc: client.dc, sessid: client.sessionid }));
      client.on('telnyx.error', ({ error }) => reject(new Error(`${error.code} ${error.name}`)));
      client.connect();
    });
  },
  registered: () => client.getIsRegistered(),
  dial(number, options = {}) {
    return client.newCall({ destinationNumber: number, ...options }).id;
  },
  /** Resolves with the call once it is in that state. */
  reaches: (id, state) =>
    until(`${id} is ${state}`, () => (client.calls[id]?.state === state ? describe(client.calls[id]) : null)),
  ends: (id) => until(`${id} ends`, () => ended.get(id)),
  rings: () =>
    until('a call rings', () => {
      const call = Object.values(client.calls).find(({ state }) => state === 'ringing');
      return call ? describe(call) : null;
    }),
  answer: (id) => client.calls[id].answer(),
  hold: (id) => client.calls[id].hold(),
  unhold: (id) => client.calls[id].unhold(),
  dtmf: (id, digits) => client.calls[id].dtmf(digits),
  mute: (id) => client.calls[id].muteAudio(),
  hangUp: (id) => client.calls[id].hangup(),
  hears: (wanted) =>
    until(`${wanted} Hz is heard`, () => {
      const heard = hertz();
      return heard !== null && Math.abs(heard - wanted) < wanted * 0.01 ? heard : null;
    }),
  hearsNothing: () => until('nothing is heard', () => hertz() === null),
  socketOpens: () => client.connected,
  errors: () => errors,
  leave: () => client?.disconnect(),
};
