/** What one does in a call, by the popup's own buttons: hold and keypad. */

import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallId } from '../../lib/phone/model/ids';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { DIALECTS, signsIn } from './harness/dialects';
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

  it('is silenced by hold and restored by resuming', async () => {
    const id = await alice.ask('dial', { to: '2' });
    await alice.call('active');
    await alice.hears(440);
    const popup = await popupOf(id);

    await popup.getByRole('button', { name: 'Hold' }).click();
    await until('the call is held', async () => (await alice.call('active')).state.held);
    await alice.hearsNothing();
    expect(theatre.gateway.calls().find(({ phase }) => phase !== 'ended')?.held).toBe(true);

    await popup.getByRole('button', { name: 'Resume' }).click();
    await until('the call is taken up again', async () => !(await alice.call('active')).state.held);
    expect(await alice.hears(440)).toBeCloseTo(440, -1);
    await popup.close();
  });

  it('sends the keys in the order they were pressed', async () => {
    const id = await alice.ask('dial', { to: '11' });
    await alice.call('active');
    const popup = await popupOf(id);
    await popup.getByRole('button', { name: 'Keypad' }).click();
    for (const key of ['1', '5', '9', '#', '0', '*']) {
      const names = { '#': /^(#|hash|pound)/i, '*': /^(\*|star)/i } as Record<string, RegExp>;
      await popup.getByRole('button', { name: names[key] ?? new RegExp(`^${key}`) }).click();
    }
    const pressed = (): string =>
      theatre.gateway
        .calls()
        .find(({ phase }) => phase !== 'ended')
        ?.digits.join('') ?? '';
    await until('all keys came through', () => pressed().length >= 6);
    expect(pressed()).toBe('159#0*');
    // The gateway has a key a moment before the phone has the answer that it does.
    await until('the phone says that they were sent', async () => (await alice.call('active')).digitsSent === '159#0*');
    await popup.close();
  });
});

/** The popup, which shows first what the background kept: that call, and none before it. */
async function popupOf(id: CallId): Promise<Page> {
  await until('the background knows the call', async () =>
    (await alice.kept())?.calls.some((call) => call.id === id && call.state.phase === 'active'),
  );
  return alice.popup();
}
