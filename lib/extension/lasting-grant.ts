/** Whether the microphone's grant lasts. Chrome: it does, or the permission says otherwise by itself. */

export function grantLasts(): Promise<boolean> {
  return Promise.resolve(true);
}

/** The browser asks its question anew, although this page may use the microphone; resolves with the answer given. */
export function askAnew(): Promise<void> {
  return Promise.resolve();
}
