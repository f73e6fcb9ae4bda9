/** How every page of ours presents itself before its first paint: language, direction of writing, light or dark. */

import { direction, locale } from './i18n';
import { readPolicy, settings } from './settings';
import { DEFAULTS, type StoredAppearance } from './stored';

/** Sets the look of this document and follows later changes of it. Resolves when the first look is set; never rejects. */
export async function followLook(): Promise<void> {
  const { documentElement: root } = document;
  root.lang = locale();
  root.dir = direction();
  settings.appearance.watch(() => void readAppearance().then(show));
  show(await readAppearance());

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
