/** The profile of one Firefox under test: a folder that is its home as well, and goes with it. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADDON } from '../../../lib/extension/addon';

/** Pinned, so that tests know the addresses of the extension's pages. */
export const UUID = '3f1a7c52-5d0e-4c7b-9a21-6b7de0c9a001';

/** Resolves with the folder. `managed` is what an administrator set for the extension. */
export async function makeProfile(managed?: object): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-firefox-'));
  await writeFile(join(profile, 'user.js'), preferences());
  if (managed !== undefined) await administer(profile, managed);
  return profile;
}

/** Processes that belonged to it may be writing their last still. */
export function forgetProfile(profile: string): Promise<void> {
  return rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** As docs/ADMINISTRATORS.md says, in the home folder that this Firefox has. */
async function administer(home: string, data: object): Promise<void> {
  const folder = join(home, '.mozilla/managed-storage');
  await mkdir(folder, { recursive: true });
  const manifest = { name: ADDON, description: 'Settings of Holdfast', type: 'storage', data };
  await writeFile(join(folder, `${ADDON}.json`), JSON.stringify(manifest));
}

/** Quiet, and with a microphone that is not there; permissions are asked as for anybody. */
function preferences(): string {
  const wanted: Record<string, string | number | boolean> = {
    'marionette.port': 0,
    'extensions.webextensions.uuids': JSON.stringify({ [ADDON]: UUID }),
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.enabled': false,
    'app.update.disabledForTesting': true,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.aboutwelcome.enabled': false,
    'browser.startup.page': 0,
    // A press on a prompt counts at once, not only after the half second that guards people from misclicks.
    'security.notification_enable_delay': 0,
    'security.dialog_enable_delay': 0,
    'media.navigator.streams.fake': true,
    'media.peerconnection.ice.loopback': true,
  };
  return Object.entries(wanted)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
