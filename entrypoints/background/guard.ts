/** Keeps the engine alive: whenever the background wakes, and twice a minute, a phone with a line has its document. */

import { browser } from 'wxt/browser';

const ALARM = 'guard';
const EVERY_MINUTES = 0.5;

export interface GuardPorts {
  /** True where there is a line to be reachable on, or a call to find again. */
  isNeeded(): Promise<boolean>;
  exists(): Promise<boolean>;
  ensure(): Promise<void>;
}

/** Makes the engine again where it is needed and gone. Tells whether it had to. */
export async function guard(ports: GuardPorts): Promise<boolean> {
  if (!(await ports.isNeeded()) || (await ports.exists())) return false;
  await ports.ensure();
  return true;
}

/** Must be called on the first tick. */
export function listenForGuard(run: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) run();
  });
  browser.runtime.onStartup.addListener(run);
  browser.runtime.onInstalled.addListener(run);
}

/** An alarm of the same name is kept, so that a worker that wakes often does not put it off for ever. */
export async function keepAlarm(): Promise<void> {
  if ((await browser.alarms.get(ALARM)) === undefined) {
    await browser.alarms.create(ALARM, { periodInMinutes: EVERY_MINUTES });
  }
}
