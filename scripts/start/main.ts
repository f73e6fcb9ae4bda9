/** Raises the curtain: a gateway, a browser with the phone signed in to it, a page with numbers. Alone or for a person. */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGateway } from '../../gateway/gateway';
import { gatewayStorage } from '../../lib/extension/preset';
import { Stage } from '../stage/chromium';
import { stageExtension } from '../stage/extension';
import { openDemo } from '../demo/site';
import { playAlone } from './alone';
import { forAPerson } from './person';
import { say } from './say';

const folder = fileURLToPath(new URL('../../.holdfast', import.meta.url));

async function main(): Promise<void> {
  const headless = process.argv.includes('--headless') || !hasDisplay();
  const room = join(folder, 'start');
  await rm(room, { recursive: true, force: true });
  await mkdir(room, { recursive: true });

  const gateway = await startGateway();
  say(`gateway listens at ${gateway.url}`);
  const [account] = gateway.accounts;
  if (!account) throw new Error('the gateway has no account');
  const site = await openDemo();
  const stage = await Stage.open({
    program: process.env['HOLDFAST_CHROMIUM'] ?? 'chromium',
    extension: await stageExtension(join(room, 'extension'), ['http://127.0.0.1/*']),
    profile: join(room, 'profile'),
    headless,
    microphone: headless ? 'beeps' : 'real',
    permission: 'granted',
  });
  say(`browser is open, the extension is ${stage.id}`);
  const shown = { gateway, site, stage, account, folder };
  try {
    await stage.store(gatewayStorage(gateway.port, account.user, account.password));
    await (headless ? playAlone(shown) : forAPerson(shown));
  } finally {
    await stage.close();
    await site.close();
    await gateway.close();
  }
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
