/** Does once, before the first call, what would make it slower than the ones after it. */

import { RTCDtlsTransport } from 'werift';
import { framesOf, silence, tone } from './sounds';

export async function warmUp(): Promise<void> {
  await RTCDtlsTransport.SetupCertificate();
  framesOf(silence, 'opus');
  framesOf(tone(440), 'opus');
}
