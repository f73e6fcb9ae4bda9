/** The main job: from a click on a page to a voice. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../lib/extension/stored';
import { clickNumber, pointAt } from '../../scripts/stage/click';
import type { Actor } from './harness/actor';
import { DIALECTS, signsIn } from './harness/dialects';
import { numbers, pageWith } from './harness/pages';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;

beforeAll(async () => {
  theatre = await Theatre.open();
  alice = await theatre.actor('alice', { speaks: 1_000 });
});
afterEach(() => alice.endCalls());
afterAll(() => theatre.close());

describe.each(DIALECTS)('over %s', (dialect) => {
  beforeAll(() => signsIn(alice, theatre, dialect));

  it('reaches the tone bot by a click on its number, and 440 Hz is heard', async () => {
    const site = await theatre.site(pageWith(numbers.tone));
    const page = await alice.stage.context.newPage();
    await page.goto(site.url);
    await clickNumber(page, numbers.tone);

    const call = await alice.call('active');
    expect(call.who.number).toBe('+14155550102');
    expect(await alice.hears(440)).toBeCloseTo(440, -1);
    expect(theatre.gateway.calls()[0]?.callee.number).toBe('+14155550102');
  });

  it('hears its own 1 kHz come back from the echo', async () => {
    const id = await alice.ask('dial', { to: '1' });
    await alice.call('active');
    expect(await alice.hears(1_000)).toBeCloseTo(1_000, -1);
    await alice.ask('hangUp', id);
    expect((await alice.call('ended')).state.cause.kind).toBe('hung-up-here');
  });
});

it.each(['callto:+14155550102', 'SIP:+14155550102@voice.example;user=phone'])(
  'calls by a click on a %s link, which leads nowhere else',
  async (address) => {
    await alice.stage.store({ calls: { ...DEFAULTS.calls, telLinks: 'dial' } });
    const site = await theatre.site(pageWith(`${numbers.echo}, or <a href="${address}">the tone</a>`));
    const page = await alice.stage.context.newPage();
    await page.goto(site.url);
    // Once it can be clicked, the script is there.
    await pointAt(page, numbers.echo);
    await page.getByText('the tone').click();
    const call = await alice.call('active');
    expect(call.who.number).toBe('+14155550102');
    expect(page.url()).toBe(site.url);
    await page.close();
  },
);
