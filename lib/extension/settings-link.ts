/** The settings as the settings pages see them: everything but the secrets, which go in and never come out. */

import type { LineId } from '../phone/model/ids';
import { changeLine, handSecret, readSecret, removeLine, saveLine } from './lines';
import { readPolicy, readProposal, readSettings, settings, watchSettings } from './settings';
import type { StoredLine, StoredSettings } from './stored';

type Shown = Omit<StoredSettings, 'secrets'>;
type Section = keyof Omit<Shown, 'lines'>;

/** The items that a page may write by itself; lines go through {@link saveLine}, which keeps their secrets in step. */
type Items = {
  readonly [Key in Section]: { getValue(): Promise<Shown[Key]>; setValue(value: Shown[Key]): Promise<void> };
};
const items: Items = settings;

export const settingsLink = {
  async read(): Promise<Shown> {
    const { secrets: _withheld, ...shown } = await readSettings();
    return shown;
  },
  policy: readPolicy,
  proposal: readProposal,
  own: <Key extends Section>(key: Key): Promise<Shown[Key]> => items[key].getValue(),
  write: <Key extends Section>(key: Key, value: Shown[Key]): Promise<void> => items[key].setValue(value),
  watch: watchSettings,
  saveLine,
  changeLine,
  /** Gives back the way to undo it; the secret waits in there, and nowhere else. */
  async removeLine(id: LineId): Promise<() => Promise<void>> {
    const line = (await settings.lines.getValue()).find((candidate) => candidate.id === id);
    const secret = await readSecret(id);
    await removeLine(id);
    return async () => {
      if (line !== undefined) await saveLine(line, secret ?? {});
    };
  },
  async secretKind(id: LineId): Promise<'password' | 'token' | null> {
    const given = (await readPolicy()).secrets?.[id];
    const secret = given ?? (await readSecret(id));
    if (secret?.token !== undefined) return 'token';
    return secret?.password === undefined ? null : 'password';
  },
  handSecret,
  /** Saves a line with the secret of another, whose place it is about to take. */
  async saveLineLike(from: LineId, to: StoredLine): Promise<void> {
    await saveLine(to, (await readSecret(from)) ?? {});
  },
};
