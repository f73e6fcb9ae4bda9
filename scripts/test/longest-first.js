/** Starts the files that take longest first, so that no worker is alone with one of them at the end. The rest go as Vitest sorts them. */

import { BaseSequencer } from 'vitest/node';

/** Above 20 s, longest first, by the ends of their paths; Vitest goes by size, which says little of how long a play waits. */
const LONGEST = [
  'e2e/screens.test.ts',
  'e2e/three-people.test.ts',
  'e2e/recovery/recovery.test.ts',
  'e2e/firefox/call.test.ts',
  'e2e/firefox/talk.test.ts',
  'e2e/firefox/verto.test.ts',
  'e2e/options/media.test.ts',
  'e2e/two-people.test.ts',
  'e2e/keyboard-alone.test.ts',
  'e2e/mended.test.ts',
  'e2e/what-stays.test.ts',
  'e2e/nobody-looks.test.ts',
  'e2e/what-may-die.test.ts',
  'e2e/options/sounds-and-reports.test.ts',
  'conformance/official-sdk.test.ts',
  'e2e/recovery/new-life.test.ts',
  'e2e/verto/verto.test.ts',
  'e2e/pages/edits.test.ts',
  'scenarios/gateway-recovery.test.ts',
  'scenarios/gateway-verto-recovery.test.ts',
];

export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) => {
      const at = LONGEST.findIndex((end) => moduleId.endsWith(`/tests/${end}`));
      return at < 0 ? LONGEST.length : at;
    };
    // Sorting is stable: files of the same rank stay as they came.
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
