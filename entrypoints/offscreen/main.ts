/** The engine: puts the phone on the browser's ports, serves it, and tells everybody what it does. */

import { engineReaders } from '../../lib/extension/arguments';
import { publish } from '../../lib/extension/feed';
import { attachHeadsets } from '../../lib/extension/headset-buttons';
import { serveLevels } from '../../lib/extension/levels';
import { createLifeline } from '../../lib/extension/lifeline';
import { createLog } from '../../lib/extension/log';
import { remote, serve } from '../../lib/extension/rpc';
import { borrowVoice } from '../../lib/extension/voice-borrowing';
import { Phone } from '../../lib/phone';
import {
  asMicrophoneError,
  devicesBy,
  microphonePermission,
  saveFile,
  SilentMicrophone,
  TrackMicrophone,
  webPorts,
} from '../../lib/phone/web';
import { engineService } from './service';

const log = createLog('engine');
const voice = borrowVoice({
  permission: microphonePermission,
  microphone: (track, device, onClosed) => new TrackMicrophone(track, device, log, onClosed),
  silence: (onClosed) => new SilentMicrophone(log, onClosed),
  asError: asMicrophoneError,
  devicesBy,
});
const background = remote('background');
const phone = new Phone({ ports: webPorts({ log, ...voice.ports, saveFile: keepFile }) });
const headsets = attachHeadsets({ phone, log, askForMicrophone: () => background.openPermissionPage() });
const holdLifeline = createLifeline();

const complain = (message: string) => (thrown: unknown) => log.error(message, { thrown: String(thrown) });

phone.events.on('change', (snapshot) => {
  publish(snapshot);
  voice.follow(snapshot);
  headsets.follow(snapshot);
  holdLifeline(snapshot.calls.some((call) => call.state.phase !== 'ended'));
});
phone.events.on('ended', (call) => {
  background.finished(call).catch(complain('a finished call was not kept'));
});
phone.events.on('message', (message) => {
  background.received(message).catch(complain('a message was not kept'));
});
phone.events.on('resume', (resume) => {
  background.keepSession(resume).catch(complain('the session was not kept'));
});
phone.events.on('parked', (parked) => {
  background.keepParked(parked).catch(complain('the parked calls were not kept'));
});

const born = start();
born.catch(complain('the engine got no settings'));
serve('engine', engineReaders, () => engineService(phone, born));
serveLevels(() => phone.levels());

// Closed browser, updated extension: the person's option says whether calls end or wait for the next life.
addEventListener('pagehide', () => phone.leave());

/** Where the browser's downloads may not be used, this document gives the file by itself. */
function keepFile(name: string, text: string): void {
  background.saveFile(name, text).catch((thrown: unknown) => {
    log.info('saved without the downloads permission', { thrown: String(thrown) });
    saveFile(name, text);
  });
}

async function start(): Promise<void> {
  const { settings, resume, parked } = await background.settings();
  phone.start(settings, resume, parked);
  // Known before the first dial, so that a microphone nobody was asked for is found out in time.
  await phone.lookAtDevices();
}
