/**
 * Whether the microphone's grant lasts. Firefox: "Allow" holds for one document unless the person ticked "Remember this
 * decision", and the permission reads "granted" either way; so a fresh document asks, and whether it has to wait tells.
 */

/** A remembered grant answers within milliseconds; a question to the person stays open. */
const UNASKED_MS = 1_500;

export async function grantLasts(): Promise<boolean> {
  const { asked, forget } = askInFreshDocument();
  const inTime = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), UNASKED_MS);
  });
  const granted = asked.then(
    () => true,
    () => false,
  );
  const lasts = await Promise.race([granted, inTime]);
  // With its document goes the question.
  forget();
  return lasts;
}

/** The browser asks its question anew, although this page may use the microphone; resolves with the answer given. */
export async function askAnew(): Promise<void> {
  const { asked, forget } = askInFreshDocument();
  await asked.catch(() => undefined);
  forget();
}

function askInFreshDocument(): { readonly asked: Promise<void>; forget(): void } {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.allow = 'microphone';
  document.body.append(frame);
  return { asked: openForAMoment(frame.contentWindow), forget: () => frame.remove() };
}

async function openForAMoment(fresh: Window | null): Promise<void> {
  if (fresh === null) throw new DOMException('no document', 'InvalidStateError');
  const stream = await fresh.navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of stream.getTracks()) track.stop();
}
