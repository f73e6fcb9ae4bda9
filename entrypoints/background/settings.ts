/** Tells the running engine about changed settings; an engine that is not there asks when it is born. */

import type { EngineApi } from '../../lib/extension/contract';
import { phoneSettings } from '../../lib/extension/phone-settings';
import type { Remote } from '../../lib/extension/rpc';
import { readSettings, watchSettings } from '../../lib/extension/settings';
import type { PhoneSettings } from '../../lib/phone/settings';

export async function settingsForEngine(): Promise<PhoneSettings> {
  return phoneSettings(await readSettings());
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
