/** The dialects, and which one a client speaks: Telnyx's, unless it came to the path /verto. */

import type { Speak } from './speak';
import { telnyx } from './telnyx';

export function dialectAt(path: string): Speak {
  void path;
  return telnyx;
}
