/** What a phone said of itself as it signed in, as the gateway heard it. */

import type { Gateway } from '../../../gateway/gateway';

/** The params of every `login` of Telnyx's dialect, oldest first. */
export function signIns(gateway: Gateway): readonly unknown[] {
  return gateway.frames().flatMap(({ direction, frame }) => {
    const said = direction === 'in' && typeof frame === 'object' ? { ...frame } : {};
    return 'method' in said && said.method === 'login' && 'params' in said ? [said.params] : [];
  });
}
