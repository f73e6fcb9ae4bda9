/** The browser as the phone's platform: the one door of this folder. */

import type { Levels } from '../model/snapshot';
import type { Log, Ports } from '../ports';
import { clock } from './clock';
import { devices } from './devices';
import { SILENCE } from './level-meter';
import { DEFAULT_PROCESSING, openMicrophone } from './microphone';
import { online } from './online';
import { WebPeer } from './peer';
import { newId, random } from './random';
import { saveFile } from './save-file';
import { openSocket } from './socket';
import { WebSpeaker } from './speaker';

export { devicesBy } from './devices';
export { asMicrophoneError, microphonePermission, TrackMicrophone } from './microphone';
export { SilentMicrophone } from './silence';
export { saveFile } from './save-file';

export interface WebPortsOptions {
  readonly log: Log;
  /** Where another document lends the microphone (Firefox): gives a {@link TrackMicrophone} around its track. */
  readonly openMicrophone?: Ports['openMicrophone'];
  readonly processVoice?: Ports['processVoice'];
  /** Where another document lists the devices (Firefox). */
  readonly devices?: Ports['devices'];
  /** Where another context gives files to the person; a link that is clicked, without this. */
  readonly saveFile?: Ports['saveFile'];
}

export interface WebPorts extends Ports {
  /** The loudest of every live peer, for the views' stream; measured only while it is asked, best 15 times a second. */
  levels(): Levels;
}

export function webPorts({ log, ...instead }: WebPortsOptions): WebPorts {
  let processing = DEFAULT_PROCESSING;
  const speaker = new WebSpeaker(log);
  const peers = new Set<WebPeer>();
  return {
    openSocket: (url, signal) => openSocket(url, signal, log),
    createPeer(options) {
      const peer = new WebPeer({
        options,
        log,
        play: (voice) => speaker.play(voice),
        onClosed: (closed) => peers.delete(closed),
      });
      peers.add(peer);
      return peer;
    },
    openMicrophone: instead.openMicrophone ?? ((device, signal) => openMicrophone(device, signal, processing, log)),
    processVoice(wanted) {
      processing = wanted;
      instead.processVoice?.(wanted);
    },
    devices: instead.devices ?? devices,
    speaker,
    clock,
    random,
    newId,
    online,
    log,
    saveFile: instead.saveFile ?? saveFile,
    levels: () =>
      [...peers]
        .map((peer) => peer.levels())
        .reduce(
          (most, levels) => ({
            you: Math.max(most.you, levels.you),
            them: Math.max(most.them, levels.them),
          }),
          SILENCE,
        ),
  };
}
