/** Finds coturn, the TURN server of the relay tests, or installs Debian's. */

import { aptInstall } from './apt.mjs';
import { answers } from './command.mjs';

/** Whether `turnserver` can be started. */
export async function ensureCoturn() {
  const present = () => answers('turnserver', ['-h']).then((yes) => yes || answers('turnserver', ['--version']));
  if (await present()) return true;
  return (await aptInstall('coturn')) && (await present());
}
