import { describe, expect, it } from 'vitest';
import { OPTION_ROWS } from '../../../lib/extension/option-rows';
import { EXTENSION_DEFAULTS } from '../../../lib/extension/phone-settings';
import { validateOptions, type ClientOptions } from '../../../lib/phone/options';

/** What the Advanced page says each option is when nobody set it. */
function shownDefaults(): ClientOptions {
  const shown = OPTION_ROWS.flatMap((row): [string, unknown][] =>
    row.control === 'switch' || row.control === 'choice' || row.control === 'segments' || row.control === 'tries'
      ? [[row.option, row.default]]
      : [],
  );
  return Object.fromEntries(shown);
}

describe('the defaults that the Advanced page shows', () => {
  it.each([false, true])('are those that the phone acts on, with debug %s', (debug) => {
    const account = { login: 'alice', password: 'x', debug };
    const { pushWhenActive: shownPush, ...shown } = shownDefaults();
    const written = validateOptions({ ...EXTENSION_DEFAULTS, ...shown, ...account });
    expect(written.faults).toEqual([]);
    expect(written).toEqual(validateOptions({ ...EXTENSION_DEFAULTS, ...account }));
    // Left out, a user variable of the same name may still switch it on; without one it is off.
    expect(shownPush).toBe(false);
  });
});
