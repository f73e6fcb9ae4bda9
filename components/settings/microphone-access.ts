/** May we hear the microphone, and if not, who stands in the way: each answer has its own remedy. */

export type Access =
  | { readonly state: 'unknown' }
  /** `dismissed`: the browser's question was closed without an answer. */
  | { readonly state: 'prompt'; readonly dismissed: boolean }
  | { readonly state: 'granted'; readonly label: string }
  /** Allowed for this page and this time alone (Firefox): each call would be asked for again. */
  | { readonly state: 'once' }
  /** The browser remembers a no, the person's or an administrator's. */
  | { readonly state: 'denied' }
  /** The browser would, but the operating system keeps the microphone from it. */
  | { readonly state: 'system' }
  | { readonly state: 'missing' }
  /** There, allowed, and not to be opened: another program may hold it. */
  | { readonly state: 'busy' };

type Permission = PermissionState | 'unknown';

/** What stands now, without asking anybody. */
export async function readAccess(): Promise<Access> {
  const permission = await readPermission();
  if (permission === 'denied') return { state: 'denied' };
  const microphones = await microphonesHere();
  if (microphones.length === 0) return { state: 'missing' };
  if (permission === 'granted') return { state: 'granted', label: microphones[0]?.label ?? '' };
  return permission === 'prompt' ? { state: 'prompt', dismissed: false } : { state: 'unknown' };
}

/** Opens the microphone for a moment: the browser asks its question where it has to. Call it in a click. */
export async function askAccess(): Promise<Access> {
  const before = readPermission();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const label = stream.getAudioTracks()[0]?.label ?? '';
    for (const track of stream.getTracks()) track.stop();
    return { state: 'granted', label };
  } catch (thrown) {
    const after = await readPermission();
    // Unblocked while the browser was refusing: that refusal was the old answer's.
    if ((await before) === 'denied' && after === 'granted') return askAccess();
    return accessAfter(thrown instanceof Error ? thrown.name : '', after);
  }
}

/** What a failed getUserMedia means (Media Capture, 10.3); the permission tells a closed question from a remembered no. */
export function accessAfter(errorName: string, permission: Permission): Access {
  switch (errorName) {
    case 'NotAllowedError':
    case 'SecurityError':
      if (permission === 'granted') return { state: 'system' };
      return permission === 'prompt' ? { state: 'prompt', dismissed: true } : { state: 'denied' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { state: 'missing' };
    default:
      return { state: 'busy' };
  }
}

/** Calls back when the watch begins to see the permission, when that or the devices change, and when the page is seen again. Returns the stop. */
export function watchAccess(listener: () => void): () => void {
  const owner = new AbortController();
  const { signal } = owner;
  navigator.mediaDevices.addEventListener('devicechange', listener, { signal });
  window.addEventListener('focus', listener, { signal });
  queryPermission().then(
    (status) => {
      status.addEventListener('change', listener, { signal });
      if (!signal.aborted) listener();
    },
    () => undefined, // This browser does not tell; returning to the page still looks again.
  );
  return () => owner.abort();
}

async function microphonesHere(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'audioinput');
}

async function readPermission(): Promise<Permission> {
  return queryPermission().then(
    (status) => status.state,
    () => 'unknown' as const,
  );
}

async function queryPermission(): Promise<PermissionStatus> {
  return navigator.permissions.query({ name: 'microphone' });
}
