/** Finds PulseAudio, which is Firefox's sound card in the tests, or installs Debian's. */

import { aptInstall } from './apt.mjs';
import { answers } from './command.mjs';

/** Whether `pulseaudio` can be started. */
export async function ensurePulseAudio() {
  return (await answers('pulseaudio')) || ((await aptInstall('pulseaudio')) && answers('pulseaudio'));
}
