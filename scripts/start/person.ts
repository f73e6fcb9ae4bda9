/** With a display: opens the page, says what to do, and stays until the browser is closed. */

import { bots } from '../../gateway/gateway';
import { say } from './say';
import type { Shown } from './shown';

export async function forAPerson({ gateway, site, stage, account }: Shown): Promise<void> {
  const [first] = stage.context.pages();
  const page = first ?? (await stage.context.newPage());
  await page.goto(site.url);
  await page.bringToFront();
  say(`click a number on ${site.url}, or the phone in the toolbar and dial:`);
  for (const { number, name } of bots) console.log(`${number.padStart(12)}  ${name}`);
  const others = gateway.accounts.filter((other) => other !== account);
  say(
    `you are ${account.name}; also there: ${others.map(({ name, extension }) => `${name} (${extension})`).join(', ')}`,
  );
  say('close the browser to end');
  await new Promise<void>((resolve) => {
    stage.context.on('close', () => resolve());
  });
}
