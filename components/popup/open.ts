/** Opens the shell in a page of ours: its look first, then what was kept, then what the engine says. */

import { mount } from 'svelte';
import { database } from '../../lib/extension/database';
import { receive } from '../../lib/extension/hand-over';
import { dialField } from '../../lib/extension/memory';
import { followLook } from '../../lib/extension/page-look';
import { peopleLink } from '../../lib/extension/people-link';
import { phoneLink } from '../../lib/extension/phone-link';
import { preferencesLink } from '../../lib/extension/preferences-link';
import '../theme.css';
import './frame.css';
import App from './App.svelte';
import type { FrameDoors } from './frame';

export async function openView(frame: FrameDoors): Promise<void> {
  // Opened meanwhile, so that the newest calls need not wait for it.
  void database().catch(() => undefined);
  const [draft, first] = await Promise.all([takeDraft(), phoneLink.cached().catch(() => null), followLook()]);
  const target = document.getElementById('app');
  if (target === null) return;
  const links = { link: phoneLink, people: peopleLink, preferences: preferencesLink };
  mount(App, { target, props: { ...links, frame, draft, first, receive } });
}

/** A number that a link handed over for the dial field; it is shown once. */
async function takeDraft(): Promise<string | null> {
  try {
    const draft = await dialField.getValue();
    if (draft !== null) await dialField.setValue(null);
    return draft;
  } catch {
    return null;
  }
}
