/** Tells the running engine about changed settings; an engine that is not there asks when it is born. */

import { browser } from 'wxt/browser';
import { defaultCountry } from '../../lib/extension/country';
import type { EngineApi } from '../../lib/extension/contract';
import { phoneSettings } from '../../lib/extension/phone-settings';
import { takeProposal } from '../../lib/extension/proposal';
import type { Remote } from '../../lib/extension/rpc';
import { readSettings, watchSettings } from '../../lib/extension/settings';
import { spellingsOf } from '../../lib/numbers/party';
import type { PhoneSettings } from '../../lib/phone/settings';

/**
 * With what an administrator proposes, so that the first sign-in has it; and with blocked numbers in every spelling of theirs:
 * the engine, which knows no country, only compares.
 */
export async function settingsForEngine(): Promise<PhoneSettings> {
  await takeProposal();
  const stored = await readSettings();
  const told = phoneSettings(stored);
  const country = defaultCountry(stored.country, browser.i18n.getUILanguage());
  return { ...told, blocked: [...new Set(stored.calls.blocked.flatMap((number) => spellingsOf(number, country)))] };
}

/** `changed` runs after the engine was told, for instance to wake it for a first account. */
export function pushSettings(
  engine: Remote<EngineApi>,
  schedule: (work: () => Promise<void>) => Promise<void>,
  changed: (settings: PhoneSettings) => Promise<void>,
): void {
  let told = '';
  watchSettings(() => {
    void schedule(async () => {
      const next = await settingsForEngine();
      const spelled = JSON.stringify(next);
      if (spelled !== told) {
        told = spelled;
        await engine.configure(next).catch(() => undefined);
      }
      await changed(next);
    });
  });
}
