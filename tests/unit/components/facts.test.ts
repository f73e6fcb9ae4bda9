import './words-here';
import { expect, it } from 'vitest';
import { factsOf } from '../../../components/popup/quality/facts';
import { call, line, snapshot } from '../../../scripts/screens/data';

const shown = (server: ReturnType<typeof line>['server']): ReadonlyMap<string, string> =>
  new Map(factsOf(call(), line({ server }), snapshot([])).map(({ key, value }) => [key, value]));

it('names the server that was really reached, and the region that it says it is in', () => {
  const host = 'eu.rtc.telnyx.com/?canary=true';
  const facts = shown({ host, region: 'eu', dc: 'fr5' });
  expect(facts.get('host')).toBe(host);
  expect(facts.get('region')).toBe('Europe');
});

it('keeps the spelling of a region that it does not know', () => {
  expect(shown({ host: 'rtc.telnyx.com', region: 'moon-1', dc: null }).get('region')).toBe('moon-1');
});

it('names the data centre of a server that tells no region, and nothing of one that is not there', () => {
  expect(shown({ host: 'pbx.example:8082', region: null, dc: 'lo1' }).get('region')).toBe('lo1');
  const facts = shown(null);
  expect([facts.has('host'), facts.has('region')]).toEqual([false, false]);
});

it('says how long the call took to set up, once it is', () => {
  const of = (more: object): string | undefined =>
    factsOf({ ...call(), ...more }, line(), snapshot([])).find(({ key }) => key === 'set_up')?.value;
  expect(of({ setUpMs: 640.4 })).toBe('640 ms');
  expect(of({})).toBeUndefined();
});
