/** Our client behind the official one's name, so that the very same plays run with both. */

import { TelnyxClient, type ClientOptions, type Log } from '../../lib/phone';
import { webPorts } from '../../lib/phone/web';

const quiet = (): void => undefined;
const log: Log = { error: console.error, warn: quiet, info: quiet, debug: quiet };
const ports = webPorts({ log });

/** The plays listen at the page's one element, where the official client puts what it hears. */
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
  const remote = document.querySelector<HTMLAudioElement>('#remote');
  if (remote !== null && this !== remote && this.srcObject !== null) remote.srcObject = this.srcObject;
  return play.call(this);
};

interface HostOption {
  /** The gateway's address; the official client's own undocumented way to it. */
  readonly host?: string;
}

class Ours extends TelnyxClient {
  constructor({ host, ...options }: ClientOptions & HostOption) {
    const { hostname = null, port = '' } = host === undefined ? {} : new URL(host);
    super({ ...options, ...(hostname === null ? {} : { rtcIp: hostname, rtcPort: Number(port) }) }, { ports });
  }
}

declare global {
  var TelnyxWebRTC: { readonly TelnyxRTC: unknown };
}
globalThis.TelnyxWebRTC = { TelnyxRTC: Ours };
