/** A visible page lends its microphone to the calls. Firefox: the only way to a voice; it is opened when a call asks. */

import { browser } from 'wxt/browser';
import type { DeviceId } from '../phone/model/ids';
import type { VoiceProcessing } from '../phone/model/voice';
import { listen } from './feed';
import { remote } from './rpc';
import { VOICE_PORT, type EngineDoor } from './voice-door';

/**
 * Lends as long as the page is open, to every engine that is born meanwhile. `stays`: a press elsewhere does not close the
 * page, so that no call needs another. Returns the stop.
 */
export function lendVoice({ stays }: { readonly stays: boolean }): () => void {
  let stopped = false;
  let lentTo: EngineDoor | null = null;
  let port: ReturnType<typeof browser.runtime.connect> | null = null;
  let end: () => void = () => undefined;
  // Before Firefox ends the tracks of a page that goes: they must not be taken for a device that was unplugged.
  const leave = (): void => {
    try {
      end();
    } catch {
      // The engine's document went first.
    }
  };
  addEventListener('pagehide', leave);
  const lend = async (): Promise<void> => {
    const engine = await findEngine();
    if (stopped || engine === null || engine === lentTo) return;
    port?.disconnect();
    lentTo = engine;
    const key = crypto.randomUUID();
    end = engine.lendVoice(key, {
      stays,
      open: openMicrophone,
      devices: () => navigator.mediaDevices.enumerateDevices(),
      isInFront: async () => (await browser.windows.getCurrent()).focused,
    });
    port = browser.runtime.connect({ name: VOICE_PORT + key });
  };
  const tryToLend = (): void => void lend().catch(() => undefined);
  const stopListening = listen(tryToLend);
  remote('background').wakeEngine().then(tryToLend, tryToLend);
  return () => {
    stopped = true;
    stopListening();
    removeEventListener('pagehide', leave);
    port?.disconnect();
  };
}

/** No page is open that lends and stays: what lends, if anything, goes with the next press elsewhere. */
export function lendsAlone(): boolean {
  const { getViews } = browser.extension;
  const inTabs = getViews({ type: 'tab' }) as unknown as readonly (typeof globalThis)[];
  // Firefox knows the sidebar as well; the type names Chrome's kinds.
  if (getViews({ type: 'sidebar' as 'popup' }).length > 0) return false;
  return inTabs.every(({ location }) => !LENDERS_THAT_STAY.includes(location.pathname));
}

const LENDERS_THAT_STAY = ['/call-window.html', '/sidepanel.html'];

async function openMicrophone(device: DeviceId | null, processing: VoiceProcessing | null): Promise<MediaStreamTrack> {
  const any = { channelCount: 1, ...processing };
  const chosen = device === null ? {} : { deviceId: { exact: device } };
  const { mediaDevices } = navigator;
  const stream = await mediaDevices.getUserMedia({ audio: { ...any, ...chosen } }).catch((thrown: unknown) => {
    if (device === null || !isGone(thrown)) throw thrown;
    return mediaDevices.getUserMedia({ audio: any });
  });
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new DOMException('no audio track', 'NotFoundError');
  return track;
}

function isGone(thrown: unknown): boolean {
  return thrown instanceof DOMException && ['OverconstrainedError', 'NotFoundError'].includes(thrown.name);
}

const ENGINE_PAGE = '/offscreen.html';

/** The engine is a frame of the background page; null before it has loaded, and in a private window. */
async function findEngine(): Promise<EngineDoor | null> {
  const background = (await browser.runtime.getBackgroundPage()) as unknown as typeof globalThis | null;
  const frames = [...(background?.document.querySelectorAll('iframe') ?? [])];
  return frames.map((frame): unknown => frame.contentWindow).find(isEngine) ?? null;
}

function isEngine(frame: unknown): frame is EngineDoor {
  if (typeof frame !== 'object' || frame === null || !('lendVoice' in frame) || !('location' in frame)) return false;
  const { location, lendVoice } = frame;
  return (location as Location).pathname === ENGINE_PAGE && typeof lendVoice === 'function';
}
