/** Adding, changing and removing accounts, with each secret in the store that the person chose. */

import type { LineId } from '../phone/model/ids';
import { managedLineIds, sessionSecrets, settings } from './settings';
import type { LineSecret, Secrets, StoredLine } from './stored';

/** Saves the line; `secret` undefined keeps the stored one (moved along where "remember" changed). */
export async function saveLine(line: StoredLine, secret?: LineSecret): Promise<void> {
  const kept = secret ?? (await readSecret(line.id));
  const [item, other] = line.remember ? [settings.secrets, sessionSecrets] : [sessionSecrets, settings.secrets];
  // In one step: a line without its secret for a moment would be signed off.
  if (kept !== null) await item.setValue({ ...(await item.getValue()), [line.id]: kept });
  await forgetSecret(line.id, kept === null ? [item, other] : [other]);
  // The line last: a watcher that reads on its change finds the secret already there.
  const lines = await settings.lines.getValue();
  const others = lines.some((other) => other.id === line.id);
  await settings.lines.setValue(
    others ? lines.map((other) => (other.id === line.id ? line : other)) : [...lines, line],
  );
}

/** Changes the line as the person stored it, its secret left alone; nothing where it is none of theirs. */
export async function changeLine(id: LineId, change: (own: StoredLine) => StoredLine): Promise<void> {
  const lines = await settings.lines.getValue();
  if (!lines.some((line) => line.id === id)) return;
  await settings.lines.setValue(lines.map((line) => (line.id === id ? change(line) : line)));
}

export async function removeLine(id: LineId): Promise<void> {
  const lines = await settings.lines.getValue();
  await settings.lines.setValue(lines.filter((line) => line.id !== id));
  await forgetSecret(id);
}

/** The stored secret, to know that there is one; never show it. */
export async function readSecret(id: LineId): Promise<LineSecret | null> {
  const [kept, passing] = await Promise.all([settings.secrets.getValue(), sessionSecrets.getValue()]);
  return passing[id] ?? kept[id] ?? null;
}

/** Gives the secret of a line to another, which is an administrator's, and removes the line. */
export async function handSecret(from: LineId, to: LineId): Promise<void> {
  const secret = await readSecret(from);
  if (secret !== null) {
    await forgetSecret(to);
    await settings.secrets.setValue({ ...(await settings.secrets.getValue()), [to]: secret });
  }
  await removeLine(from);
}

/**
 * Deletes the secrets of accounts that are not there: a person gave them to an administrator's account, which was taken back.
 * For a person's own word alone: an account may be away for a while, and what was typed for it is nowhere else.
 */
export async function forgetLeftOver(): Promise<void> {
  const managed = await managedLineIds();
  const there = new Set<string>([...managed, ...(await settings.lines.getValue()).map(({ id }) => id)]);
  for (const item of STORES) {
    const secrets = Object.entries(await item.getValue());
    const kept = secrets.filter(([id]) => there.has(id));
    if (kept.length < secrets.length) await item.setValue(Object.fromEntries(kept));
  }
}

const STORES = [settings.secrets, sessionSecrets];

async function forgetSecret(id: LineId, stores: typeof STORES = STORES): Promise<void> {
  for (const item of stores) {
    const secrets = await item.getValue();
    if (id in secrets) await item.setValue(without(secrets, id));
  }
}

function without(secrets: Secrets, id: LineId): Secrets {
  return Object.fromEntries(Object.entries(secrets).filter(([key]) => key !== id));
}
