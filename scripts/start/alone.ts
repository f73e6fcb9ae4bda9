/** With no display: plays the whole job by itself, prints each step as it happens, and measures what it claims. */

import { join } from 'node:path';
import type { Page } from 'playwright';
import { centreOfMark, clickNumber } from '../stage/click';
import { until } from '../stage/until';
import { say } from './say';
import type { Shown } from './shown';

/** The gateway's tone bot, as the demo page writes it. */
const TONE = '+1 415 555 0102';
const TONE_HZ = 440;
const PAGE = { width: 1360, height: 720 };
const POPUP = { width: 380, height: 600 };

export async function playAlone({ gateway, site, stage, folder }: Shown): Promise<void> {
  const picture = (page: Page, name: string): Promise<unknown> =>
    page.screenshot({ path: join(folder, `${name}.png`) });

  await until('signed in', () => gateway.sessions().some(({ online }) => online));
  say('signed in');

  const page = await stage.context.newPage();
  await page.setViewportSize(PAGE);
  await page.goto(site.url);
  await until('the numbers are marked', () => centreOfMark(page, TONE));
  await picture(page, '1-page');

  const stop = gateway.onFrame(({ direction, frame }) => {
    if (direction === 'out' && methodOf(frame)?.endsWith('.ringing')) say('ringing');
  });
  const clicked = await clickNumber(page, TONE);
  say(`clicked ${TONE}`);
  const received = async (): Promise<number> => (await stage.engine.counters()).packetsReceived;
  await until('sound arrives', async () => (await received()) > 0);
  say(`connected after ${String(Math.round(performance.now() - clicked))} ms`);
  stop();

  const { hz } = await until('the tone is heard', async () => {
    const heard = await stage.engine.hear();
    return Math.abs(heard.hz - TONE_HZ) < 12 ? heard : null;
  });
  say(`heard ${String(Math.round(hz))} Hz for a ${String(TONE_HZ)} Hz tone`);

  const popup = await stage.page('popup.html');
  await popup.setViewportSize(POPUP);
  const end = popup.getByRole('button', { name: /^(End|Hang up)/ });
  await end.waitFor();
  await picture(popup, '2-call');
  await popup.close();
  say('popup closed');
  await page.close();
  say('page closed');

  for (let second = 1; second <= 3; second += 1) {
    say(`${String(Math.round(await stage.engine.packetsPerSecond()))} packets per second`);
  }

  const again = await stage.page('popup.html');
  await again.setViewportSize(POPUP);
  await again.getByRole('button', { name: /^(End|Hang up)/ }).click();
  await until('the gateway saw the end', () => gateway.calls().every(({ phase }) => phase === 'ended'));
  say('hung up');
  await picture(again, '3-after');
  say(`screenshots are in ${folder}`);
}

function methodOf(frame: unknown): string | null {
  const method = typeof frame === 'object' && frame !== null && 'method' in frame ? frame.method : null;
  return typeof method === 'string' ? method : null;
}
