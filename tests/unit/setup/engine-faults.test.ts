import { expect, it } from 'vitest';
import { engineFault } from '../../../components/settings/engine-faults';
import { OPTION_ROWS } from '../../../lib/extension/option-rows';
import type { PhoneErrorJson } from '../../../lib/phone/model/errors';
import { PhoneError } from '../../../lib/phone/model/errors';
import { requireOptions } from '../../../lib/phone/options';
import { line } from '../extension/snapshots';

/** What the engine says of a line with these options. */
function refused(options: object): PhoneErrorJson {
  try {
    requireOptions({ login: 'a', password: 'b', ...options });
  } catch (thrown) {
    return PhoneError.from(thrown).toJson();
  }
  throw new Error('nothing is wrong with them');
}

it('marks the rows of every option that the engine refused, and no other', () => {
  const because = refused({
    rtcPort: 70_000,
    iceServers: [{ urls: 'turn:turn.example' }],
    customHeaders: [{ name: 'Via', value: 'x' }],
    debug: 'yes',
  });
  const lines = [line({ phase: 'stopped', because })];
  const marked = OPTION_ROWS.filter((row) => engineFault(lines, row) !== null).map(({ id }) => id);
  expect(marked).toEqual(['address', 'iceServers', 'debug', 'customHeaders']);
  expect(OPTION_ROWS.some((row) => engineFault([line()], row) !== null)).toBe(false);
});
