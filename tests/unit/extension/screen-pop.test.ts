/** Screen-pop: which address is taken, what is filled into it, for which call it opens, and that it opens once. */

import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { openPages } from '../../../entrypoints/background/screen-pop';
import { saveContact } from '../../../lib/extension/contacts';
import { popAddress, popProblem, popsDue } from '../../../lib/extension/screen-pop';
import { settings } from '../../../lib/extension/settings';
import { DEFAULTS } from '../../../lib/extension/stored';
import type { CallId } from '../../../lib/phone/model/ids';
import { active, call, ended, NOW, ringing, snapshot } from './snapshots';

const CRM = 'https://crm.example/find?q={number}&who={name}#call-{call}';
const incoming = call(ringing, { direction: 'in', startedAt: NOW - 1000 });
const answered = call(active, { direction: 'in', startedAt: NOW - 9000, answeredAt: NOW - 500 });

describe('the address', () => {
  it.each([
    ['', null],
    ['https://crm.example/{number}', null],
    ['http://localhost:8080/?n={number}&n2={name}&c={call}', null],
    ['crm.example/{number}', 'address'],
    ['javascript:alert({number})', 'address'],
    ['data:text/html,{name}', 'address'],
    ['file:///etc/{name}', 'address'],
    ['https://', 'address'],
    ['https://crm.example/{phone}', 'place'],
    ['https://{name}.example/', 'host'],
    ['https://crm.example:{number}/', 'host'],
    ['https://{name}@crm.example/', 'host'],
    [`https://crm.example/${'a'.repeat(2048)}`, 'address'],
  ])('%s is judged %s', (template, what) => {
    expect(popProblem(template)?.key ?? null).toBe(what === null ? null : `options_problem_pop_${what}`);
  });

  it('is filled with what the call says, percent-encoded', () => {
    expect(popAddress(CRM, { number: '+14155550132', name: 'Dana & Søn #1', call: 'c-1' })).toBe(
      'https://crm.example/find?q=%2B14155550132&who=Dana%20%26%20S%C3%B8n%20%231#call-c-1',
    );
  });

  it('opens nothing for a call without a number', () => {
    expect(popAddress(CRM, { number: '', name: 'Anonymous', call: 'c-1' })).toBeNull();
  });

  it('stays on its site and its path, whatever callers call themselves', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', '../..', '%2e%2e', '\ud800')),
        (name) => {
          const address = popAddress('https://crm.example/people/{name}/card?q={name}', {
            number: '2',
            name,
            call: 'c',
          });
          const url = new URL(address ?? '');
          expect(url.origin).toBe('https://crm.example');
          expect(url.pathname).toMatch(/^\/people\/[^/]*\/card$/u);
          expect([...url.searchParams.keys()]).toEqual(['q']);
          expect(url.hash).toBe('');
        },
      ),
    );
  });
});

describe('the moment', () => {
  const wants = (more: Partial<typeof DEFAULTS.calls>) => ({ ...DEFAULTS.calls, popAddress: CRM, ...more });
  const due = (one: typeof incoming, more: Partial<typeof DEFAULTS.calls>, opened: readonly string[] = []) =>
    popsDue([one], wants(more), opened, NOW).length === 1;

  it('is the ring or the answer, as chosen', () => {
    expect(due(incoming, { popWhen: 'ring' })).toBe(true);
    expect(due(incoming, { popWhen: 'answer' })).toBe(false);
    expect(due(answered, { popWhen: 'answer' })).toBe(true);
    expect(due(call(ended('missed'), { direction: 'in', startedAt: NOW }), { popWhen: 'ring' })).toBe(false);
  });

  it('comes for calls of the chosen direction alone', () => {
    const outgoing = { ...incoming, direction: 'out' } as const;
    expect([due(incoming, { popFor: 'in' }), due(outgoing, { popFor: 'in' })]).toEqual([true, false]);
    expect([due(incoming, { popFor: 'out' }), due(outgoing, { popFor: 'out' })]).toEqual([false, true]);
    expect([due(incoming, { popFor: 'both' }), due(outgoing, { popFor: 'both' })]).toEqual([true, true]);
  });

  it('comes once, never late, and never without an address', () => {
    expect(due(incoming, {}, [incoming.id])).toBe(false);
    expect(due({ ...answered, answeredAt: NOW - 60_000 }, { popWhen: 'answer' })).toBe(false);
    expect(due(incoming, { popAddress: '' })).toBe(false);
  });
});

describe('the page', () => {
  let opened: string[];
  beforeEach(async () => {
    fakeBrowser.reset();
    opened = [];
    fakeBrowser.i18n.getUILanguage = () => 'en-US';
    Object.assign(fakeBrowser.tabs, { create: async ({ url }: { url: string }) => void opened.push(url) });
    await settings.calls.setValue({ ...DEFAULTS.calls, popAddress: 'https://crm.example/?n={number}&w={name}' });
  });

  it('opens once for a ringing call, in the worker’s next life too', async () => {
    await openPages(snapshot({ calls: [incoming] }), NOW);
    await openPages(snapshot({ calls: [incoming] }), NOW + 500);
    await openPages(snapshot({ calls: [answered] }), NOW + 900);
    expect(opened).toEqual(['https://crm.example/?n=%2B442079460018&w=Dana']);
  });

  it('opens for the second call as well', async () => {
    await openPages(snapshot({ calls: [incoming] }), NOW);
    await openPages(snapshot({ calls: [incoming, { ...incoming, id: 'call-2' as CallId }] }), NOW);
    expect(opened).toHaveLength(2);
  });

  it('names the caller as the person does', async () => {
    await saveContact({ id: 'd', name: 'Dana W.', company: '', numbers: ['+442079460018'], note: '' });
    await openPages(snapshot({ calls: [incoming] }), NOW);
    expect(opened).toEqual(['https://crm.example/?n=%2B442079460018&w=Dana%20W.']);
  });

  it('opens in a window where there is none', async () => {
    Object.assign(fakeBrowser.tabs, { create: () => Promise.reject(new Error('No current window')) });
    Object.assign(fakeBrowser.windows, { create: async ({ url }: { url: string }) => void opened.push(url) });
    await openPages(snapshot({ calls: [incoming] }), NOW);
    expect(opened).toHaveLength(1);
  });
});
