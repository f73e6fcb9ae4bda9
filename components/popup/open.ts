/** Opens the shell in a page of ours: its look first, then what was kept, then what the engine says. */

import { mount } from 'svelte';
import { database } from '../../lib/extension/database';
import { receive, takeHandedOver } from '../../lib/extension/hand-over';
import { followLook } from '../../lib/extension/page-look';
import { peopleLink } from '../../lib/extension/people-link';
import { phoneLink } from '../../lib/extension/phone-link';
import { preferencesLink } from '../../lib/extension/preferences-link';
import { takeRaised } from '../../lib/extension/raised';
import '../theme.css';
import './frame.css';
import App from './App.svelte';
import type { FrameDoors } from './frame';

export async function openView(frame: FrameDoors): Promise<void> {
  // Opened meanwhile, so that the newest calls need not wait for it.
  void database().catch(() => undefined);
  const [handed, first, raisedFor] = await Promise.all([
    takeHandedOver().catch(() => null),
    phoneLink.cached().catch(() => null),
    frame.kind === 'popup' ? takeRaised().catch(() => null) : null,
    followLook(),
  ]);
  const target = document.getElementById('app');
  if (target === null) return;
  const links = { link: phoneLink, people: peopleLink, preferences: preferencesLink };
  mount(App, { target, props: { ...links, frame, handed, first, raisedFor, receive } });
}
