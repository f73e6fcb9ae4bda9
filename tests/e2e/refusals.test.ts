/** Calls that nobody takes end with words that say why. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from './harness/actor';
import { DIALECTS, signsIn } from './harness/dialects';
import { Theatre } from './harness/theatre';

let theatre: Theatre;
let alice: Actor;

beforeAll(async () => {
  theatre = await Theatre.open({ timing: { noAnswerMs: 1_500 } });
  alice = await theatre.actor('alice');
});
afterAll(() => theatre.close());
afterEach(() => alice.endCalls());

describe.each(DIALECTS)('over %s', (dialect) => {
  beforeAll(() => signsIn(alice, theatre, dialect));

  it.each([
    { to: '3', who: 'busy', kind: 'busy', code: 17, words: 'Line busy' },
    { to: '12', who: 'rejected', kind: 'declined-there', code: 21, words: 'Declined' },
    { to: '4', who: 'not answered', kind: 'no-answer', code: 19, words: 'No answer' },
    { to: '13', who: 'to a number that does not exist', kind: 'no-such-number', code: 1, words: 'Cannot be reached' },
  ])('says so when a call is $who', async ({ to, kind, code, words }) => {
    const popup = await alice.popup();
    await alice.ask('dial', { to });
    const { state } = await alice.call('ended');
    expect(state.cause).toMatchObject({ kind, code });
    await popup.getByText(words).first().waitFor();
    await popup.close();
  });
});
