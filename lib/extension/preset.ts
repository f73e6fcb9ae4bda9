/** An account for the development gateway, in the shape that is stored: for `npm start`, tests and nobody else. */

import type { LineId } from '../phone/model/ids';
import type { LineSecret, StoredLine } from './stored';

export interface Preset {
  readonly line: StoredLine;
  readonly secret: LineSecret;
}

/** A Telnyx-dialect line to the gateway on this machine: `rtcIp` 127.0.0.1, plain WebSocket on loopback. */
export function gatewayLine(port: number, login: string, password: string): Preset {
  return {
    line: {
      // A fixed id per login, so that presetting twice replaces the line.
      id: `gateway-${login}` as LineId,
      name: login,
      kind: 'telnyx',
      enabled: true,
      login,
      assistant: null,
      verto: null,
      callerIds: [],
      callerName: login,
      remember: true,
      options: { rtcIp: '127.0.0.1', rtcPort: port },
    },
    secret: { password },
  };
}

/** The same as one object for `chrome.storage.local.set`. */
export function gatewayStorage(port: number, login: string, password: string) {
  const { line, secret } = gatewayLine(port, login, password);
  return { lines: [line], secrets: { [line.id]: secret } };
}
