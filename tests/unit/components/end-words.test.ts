import './words-here';
import { describe, expect, it } from 'vitest';
import { endWords } from '../../../components/popup/call/end-words';
import type { EndCause } from '../../../lib/phone/model/call-state';
import { causeHere } from '../../../lib/phone/model/end-cause';
import { PhoneError } from '../../../lib/phone/model/errors';
import { ago, call, line, NOW } from '../../../scripts/screens/data';

const words = (cause: EndCause, answeredAt: number | null): ReturnType<typeof endWords> =>
  endWords(call({ state: { phase: 'ended', cause, at: NOW }, answeredAt, startedAt: ago(5) }), line(), 'Dana');
const lost = (reason: 'taken-over' | 'not-reattached' | 'disconnected'): EndCause =>
  causeHere('lost', new PhoneError(reason).toJson());

describe('the card of a call that was lost', () => {
  it.each([
    ['rang', null],
    ['talked', ago(3)],
  ])('blames no network where another phone took the line while it %s', (_when, answeredAt) => {
    expect(words(lost('taken-over'), answeredAt)).toMatchObject({
      heading: 'The call could not be held',
      line: 'Another phone signed in, so this one let go.',
      tone: 'danger',
    });
  });

  it('blames the network where that was it', () => {
    expect(words(lost('disconnected'), null).line).toBe('Your network was away too long, so the server ended it.');
  });
});

it('says of a call that rang in vain for how long it did', () => {
  expect(words(causeHere('no-answer'), null)).toMatchObject({
    heading: 'No answer',
    line: 'Rang for 300 seconds',
    tone: 'plain',
  });
});
