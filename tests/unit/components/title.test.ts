import './words-here';
import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../components/popup/title';
import type { CallView, Party } from '../../../lib/phone/model/snapshot';
import { ago, call, ended, NOW, PEOPLE, snapshot } from '../../../scripts/screens/data';

const named = (who: Party): string => who.name ?? '';
const titled = (...calls: readonly CallView[]): string => titleOf(snapshot(calls), named);

describe('the title of the call window', () => {
  const active = call();
  const as = (more: Partial<CallView>): CallView => ({ ...active, ...more });
  const ringing = { phase: 'ringing', since: NOW, earlyMedia: false } as const;

  it('is the phone’s own name without a call', () => {
    expect(titleOf(null, named)).toBe('Holdfast');
    expect(titled()).toBe('Holdfast');
    expect(titled(ended('hung-up-there', { quality: null }))).toBe('Holdfast');
  });
  it.each<[string, Partial<CallView>]>([
    ['Dana Whitfield – Calling', { state: { phase: 'dialling' }, answeredAt: null }],
    ['Dana Whitfield – Ringing', { state: ringing, answeredAt: null }],
    ['Dana Whitfield – On a call', {}],
    ['Dana Whitfield – On hold', { state: { phase: 'active', since: ago(1), held: true } }],
    ['Dana Whitfield – Incoming call', { direction: 'in', state: ringing, answeredAt: null }],
  ])('says whom the call is with and how it stands: %s', (title, state) => {
    expect(titled(as(state))).toBe(title);
  });
  it('tells of a call that rings before one that goes on', () => {
    expect(titled(active, { ...call({ direction: 'in', who: PEOPLE.marcus, state: ringing }) })).toBe(
      'Marcus Oyelaran – Incoming call',
    );
  });
  it('names nobody where names are hidden', () => {
    expect(titleOf(snapshot([active]), () => null)).toBe('On a call');
  });
});
