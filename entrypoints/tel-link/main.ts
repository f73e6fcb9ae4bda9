/** Where Firefox brings a `tel:` link that no content script took: the number is filled in, or the person is asked once. */

import { mount } from 'svelte';
import { browser } from 'wxt/browser';
import PhoneLink from '../../components/link/PhoneLink.svelte';
import '../../components/theme.css';
import { defaultCountry } from '../../lib/extension/country';
import { failureOf } from '../../lib/extension/failure';
import { handOver } from '../../lib/extension/hand-over';
import { locale } from '../../lib/extension/i18n';
import { followLook } from '../../lib/extension/page-look';
import { remote } from '../../lib/extension/rpc';
import { readSettings } from '../../lib/extension/settings';
import type { PhoneErrorJson } from '../../lib/phone/model/errors';

const link = new URLSearchParams(location.search).get('to') ?? '';
const { calls, country } = await readSettings();
if (calls.telLinks === 'fill') await fillIn();
else await ask();

async function fillIn(): Promise<void> {
  await handOver(link);
  await leave();
}

// Any page may lead the browser here with no gesture of the person: only a press on our own page calls.
async function ask(): Promise<void> {
  await followLook();
  const target = document.getElementById('app');
  if (target !== null)
    mount(PhoneLink, {
      target,
      props: { link, country: defaultCountry(country, locale()), call, leave: () => void leave() },
    });
}

/** What kept it from calling; null where it calls. */
async function call(): Promise<PhoneErrorJson | null> {
  try {
    await remote('background').dial({ to: link });
    await leave();
    return null;
  } catch (thrown) {
    const failure = failureOf(thrown);
    // The welcome page asks for the microphone, and dials once it is granted.
    if (failure.reason !== 'microphone-prompt') return failure;
    await leave();
    return null;
  }
}

/** Back to the page of the link; a tab that was opened for the link goes. */
async function leave(): Promise<void> {
  if (history.length > 1) return history.back();
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}
