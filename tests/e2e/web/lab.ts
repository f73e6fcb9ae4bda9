/** What the tests find in the page as `lab`: the ports and a few instruments to measure sound with. */

import { webPorts, type WebPorts } from '../../../lib/phone/web';
import { TrackMicrophone } from '../../../lib/phone/web/microphone';
import type { Candidate, Log, Microphone, Peer, PeerOptions } from '../../../lib/phone/ports';

const logged: { level: string; message: string }[] = [];
const note =
  (level: string) =>
  (message: string): void => {
    logged.push({ level, message });
  };
const log: Log = { error: note('error'), warn: note('warn'), info: note('info'), debug: note('debug') };

const ports: WebPorts = webPorts({ log });

/** What the page plays, by wrapping the element the adapters play with. */
const played: HTMLAudioElement[] = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
  if (this instanceof HTMLAudioElement) played.push(this);
  return play.call(this);
};

const PEER: PeerOptions = {
  iceServers: [],
  relayOnly: false,
  prefetch: false,
  trickle: false,
  gatherMs: 1_000,
  codecs: [],
};

const peer = (options: Partial<PeerOptions> = {}): Peer => ports.createPeer({ ...PEER, ...options });

let tones: AudioContext | null = null;
/** A microphone that hears one steady tone. */
function toneMicrophone(hertz: number): Microphone {
  tones ??= new AudioContext();
  const out = new MediaStreamAudioDestinationNode(tones);
  const tone = new OscillatorNode(tones, { frequency: hertz });
  tone.connect(new GainNode(tones, { gain: 0.4 })).connect(out);
  tone.start();
  const [track] = out.stream.getAudioTracks();
  if (track === undefined) throw new Error('no tone');
  return new TrackMicrophone(track, null, log);
}

async function until<T>(what: string, read: () => T | Promise<T>, ms = 30_000): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (value !== false && value !== null && value !== undefined) return value;
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Both exchange what they find, as the signalling would. */
function exchangeCandidates(a: Peer, b: Peer): void {
  const send = (to: Peer) => (candidate: Candidate | null) => void to.addCandidate(candidate);
  a.events.on('candidate', send(b));
  b.events.on('candidate', send(a));
}

/** Calls, answers, and resolves when each side hears the other's microphone, where that has one. */
async function connect(a: Peer, b: Peer, micA: Microphone | null, micB: Microphone | null): Promise<void> {
  const flowing: Promise<void>[] = [];
  if (micB !== null) flowing.push(nextMedia(a, 'flowing'));
  if (micA !== null) flowing.push(nextMedia(b, 'flowing'));
  await a.accept(await b.answer(micB, await a.offer(micA)));
  await Promise.all(flowing);
}

async function nextMedia(of: Peer, media: 'flowing' | 'stalled'): Promise<void> {
  let told = false;
  of.events.on('media', (now) => (told ||= now === media));
  await until(media, () => told);
}

/** The stream that plays newest, which is the voice of the peer that heard last. */
function newestVoice(back = 0): MediaStream {
  const voices = played.flatMap(({ srcObject }) => (srcObject instanceof MediaStream ? [srcObject] : []));
  const voice = voices.at(-1 - back);
  if (voice === undefined) throw new Error('nothing plays');
  return voice;
}

/** Reads a stream's spectrum over and over: the level in decibels at a frequency, and the strongest frequency. */
function listen(stream: MediaStream): { peak(): number; decibels(hertz: number): number } {
  tones ??= new AudioContext();
  const analyser = new AnalyserNode(tones, { fftSize: 8_192, smoothingTimeConstant: 0 });
  new MediaStreamAudioSourceNode(tones, { mediaStream: stream }).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const width = tones.sampleRate / analyser.fftSize;
  const read = (): Float32Array => {
    analyser.getFloatFrequencyData(bins);
    return bins;
  };
  return {
    peak: () => read().reduce((best, level, index) => (level > (bins[best] ?? -Infinity) ? index : best), 0) * width,
    decibels: (hertz) => read()[Math.round(hertz / width)] ?? -Infinity,
  };
}

/** What the browser says it does to the voice of a microphone. */
function treatmentOf(microphone: Microphone) {
  if (!(microphone instanceof TrackMicrophone)) throw new Error('no track');
  const { echoCancellation, noiseSuppression, autoGainControl } = microphone.track.getSettings();
  return { echoCancellation, noiseSuppression, autoGainControl };
}

const everything = {
  ...{
    ports,
    peer,
    toneMicrophone,
    until,
    exchangeCandidates,
    connect,
    nextMedia,
    newestVoice,
    listen,
    played,
    logged,
    treatmentOf,
  },
  openMicrophone: (device: Parameters<WebPorts['openMicrophone']>[0] = null) =>
    ports.openMicrophone(device, new AbortController().signal),
};

declare global {
  var lab: typeof everything;
}
globalThis.lab = everything;
