/** Where the engine's voice comes from. Firefox: a visible page lends it, since a background page never gets one. */

import { browser } from 'wxt/browser';
import type { VoiceProcessing } from '../phone/model/voice';
import { openPhoneWindow } from './phone-window.firefox';
import { isOurPage } from './trust';
import type { BorrowedVoice, VoiceMakers } from './voice-borrowing';
import { VOICE_PORT, type EngineDoor } from './voice-door';
import { Loans } from './voice-loans';
import { createWindowWish } from './voice-window';

export function borrowVoice({ devicesBy, ...makers }: VoiceMakers): BorrowedVoice {
  const listeners = new Set<() => void>();
  const loans = new Loans({ ...makers, changed: () => listeners.forEach((listener) => listener()) });
  listenToLenders(loans);
  const told = devicesBy(() => loans.devices());
  let processing: VoiceProcessing | null = null;
  const wantsWindow = createWindowWish();
  return {
    ports: {
      openMicrophone: (device, signal) => loans.open(device, signal, processing),
      processVoice: (wanted) => {
        processing = wanted;
      },
      devices: {
        ...told,
        onChange(listener) {
          const stop = told.onChange(listener);
          listeners.add(listener);
          return () => {
            stop();
            listeners.delete(listener);
          };
        },
      },
    },
    follow(snapshot) {
      if (wantsWindow(snapshot, loans.hasLenderThatStays)) openPhoneWindow({ forCall: true }).catch(() => undefined);
    },
  };
}

/** A page lends through a function of this window, and for as long as its port of the same key is open. */
function listenToLenders(loans: Loans): void {
  const ends = new Map<string, () => void>();
  const door: EngineDoor = {
    lendVoice: (key, lender) => {
      const end = loans.lend(lender);
      ends.set(key, end);
      return end;
    },
  };
  Object.assign(globalThis, door);
  browser.runtime.onConnect.addListener((port) => {
    if (!port.name.startsWith(VOICE_PORT) || port.sender === undefined || !isOurs(port.sender)) return;
    const key = port.name.slice(VOICE_PORT.length);
    port.onDisconnect.addListener(() => {
      ends.get(key)?.();
      ends.delete(key);
    });
  });
}

const LENDERS = ['/call-window.html', '/sidepanel.html', '/popup.html'] as const;

function isOurs(sender: Parameters<typeof isOurPage>[0]): boolean {
  return LENDERS.some((page) => isOurPage(sender, page));
}
