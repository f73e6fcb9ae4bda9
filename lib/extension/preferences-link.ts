/** The few settings that popup and side panel show and change by themselves. */

import { browser } from 'wxt/browser';
import { storage } from 'wxt/utils/storage';
import type { DeviceId, LineId } from '../phone/model/ids';
import { defaultCountry } from './country';
import { transcriptDays } from './history-entry';
import { saveLine } from './lines';
import { readSettings, settings, watchSettings } from './settings';

/** The keypad of Home is folded away; remembered, but no setting that anyone looks for. */
const keypadFolded = storage.defineItem<boolean>('local:keypadFolded', { fallback: false });

/** Whether the lines of an assistant are read aloud; null for while no voice is heard. */
const readAloud = storage.defineItem<boolean | null>('local:readAloud', { fallback: null });

interface Change {
  readonly readAloud?: boolean | null;
  readonly doNotDisturbUntil?: number;
  readonly keypadFolded?: boolean;
  readonly blocked?: readonly string[];
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
}

export const preferencesLink = {
  async read() {
    const [{ country, calls, appearance, devices }, folded, aloud] = await Promise.all([
      readSettings(),
      keypadFolded.getValue(),
      readAloud.getValue(),
    ]);
    return {
      country: defaultCountry(country, browser.i18n.getUILanguage()),
      doNotDisturbUntil: calls.doNotDisturbUntil,
      singleKeys: appearance.singleKeys,
      keypadFolded: folded,
      noiseSuppression: devices.noiseSuppression,
      autoGainControl: devices.autoGainControl,
      readAloud: aloud,
      transcriptDays: transcriptDays(calls),
      blocked: calls.blocked,
      spaceTalks: calls.spaceTalks,
      transferFirst: calls.transferFirst,
      hideNames: appearance.hideNames,
    };
  },
  async write(change: Change): Promise<void> {
    if (change.keypadFolded !== undefined) await keypadFolded.setValue(change.keypadFolded);
    if (change.readAloud !== undefined) await readAloud.setValue(change.readAloud);
    const { doNotDisturbUntil, blocked, noiseSuppression, autoGainControl } = change;
    if (noiseSuppression !== undefined || autoGainControl !== undefined) {
      const devices = await settings.devices.getValue();
      await settings.devices.setValue({
        ...devices,
        ...(noiseSuppression === undefined ? {} : { noiseSuppression }),
        ...(autoGainControl === undefined ? {} : { autoGainControl }),
      });
    }
    if (doNotDisturbUntil === undefined && blocked === undefined) return;
    const calls = await settings.calls.getValue();
    await settings.calls.setValue({
      ...calls,
      ...(doNotDisturbUntil === undefined ? {} : { doNotDisturbUntil }),
      ...(blocked === undefined ? {} : { blocked }),
    });
  },
  async chooseDevice(kind: 'microphone' | 'speaker', device: DeviceId | null): Promise<void> {
    await settings.devices.setValue({ ...(await settings.devices.getValue()), [kind]: device });
  },
  async addAssistant(id: string): Promise<void> {
    await saveLine({
      id: crypto.randomUUID() as LineId,
      name: id,
      kind: 'assistant',
      enabled: true,
      login: '',
      assistant: { target_type: 'ai_assistant', target_id: id },
      verto: null,
      callerIds: [],
      callerName: '',
      remember: true,
      options: {},
    });
  },
  watch(listener: () => void): () => void {
    const stops = [watchSettings(listener), keypadFolded.watch(() => listener()), readAloud.watch(() => listener())];
    return () => stops.forEach((stop) => stop());
  },
};
