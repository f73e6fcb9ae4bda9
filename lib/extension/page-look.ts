/** How every page of ours presents itself before its first paint: language, direction of writing, light or dark. */

import { direction, locale } from './i18n';
import { watchManaged } from './managed';
import { readPolicy, settings } from './settings';
import { DEFAULTS, type StoredAppearance } from './stored';

/** Sets the look of this document and follows later changes of it. Resolves when the person's own look is set; never rejects. */
export async function followLook(): Promise<void> {
  const { documentElement: root } = document;
  root.lang = locale();
  root.dir = direction();
  const look = (): void => void readAppearance().then(show);
  settings.appearance.watch(look);
  watchManaged(look);
  // An administrator's word may come seconds after the browser's start: the first paint waits for the person's own alone.
  show(await settings.appearance.getValue().catch(() => DEFAULTS.appearance));
  look();

  function show(appearance: Partial<StoredAppearance> | null): void {
    const theme = appearance?.theme ?? DEFAULTS.appearance.theme;
    root.style.colorScheme = theme === 'system' ? 'light dark' : theme;
  }
}

async function readAppearance(): Promise<Partial<StoredAppearance>> {
  try {
    const [own, policy] = await Promise.all([settings.appearance.getValue(), readPolicy()]);
    return { ...own, ...policy.appearance };
  } catch {
    return DEFAULTS.appearance;
  }
}
