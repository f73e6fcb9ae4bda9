/** Random edits of a page's tree, by the page itself: no range twice, none stale, and each reads as what would be dialled. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDialled } from '../../../lib/numbers/dialable';
import { until } from '../../../scripts/stage/until';
import { Granted, untilMarked } from './granted';

let granted: Granted;
beforeAll(async () => {
  granted = await Granted.open();
});
afterAll(() => granted.close());

type Edit = readonly [
  kind: 'insert' | 'text' | 'remove' | 'move' | 'split' | 'wrap' | 'hide',
  at: number,
  words: string,
];

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.constantFrom('insert', 'insert', 'text', 'text', 'remove', 'move', 'split', 'wrap', 'hide'),
  fc.nat(1000),
  fc.constantFrom(
    'call (415) 555-0101 now', '415-555-0102', '+1 212 ', '555 0123', 'Order ', '2015550123', ' and ', '+44 20 7946 0018', '(415) 555-0103 ext. 4', 'x', '',
  ), // prettier-ignore
);

it('keeps every painted range true through any edits', async () => {
  const page = await granted.page('<!doctype html><main><p>(415) 555-0100</p></main>');
  await untilMarked(page, ['(415) 555-0100']);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 6 }),
      async (bursts) => {
        const seen = await page.evaluate(async (all) => {
          const main = document.querySelector('main') ?? document.body;
          main.replaceChildren();
          const texts = (): Text[] => {
            const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
            const found: Text[] = [];
            for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) found.push(node as Text);
            return found;
          };
          const one = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
          const apply = ([kind, at, words]: Edit): void => {
            const text = one(texts(), at);
            const element = one([main, ...main.querySelectorAll('*')], at) ?? main;
            const made = document.createElement(one(['p', 'b', 'span', 'code', 'div'], at) ?? 'p');
            made.textContent = words;
            if (kind === 'insert')
              element.insertBefore(
                at % 2 === 0 ? made : (made.firstChild ?? made),
                one([...element.childNodes], at) ?? null,
              );
            else if (kind === 'text' && text) text.data = words;
            else if (kind === 'remove' && element !== main) element.remove();
            else if (kind === 'move' && text) main.append(text);
            else if (kind === 'split' && text) text.splitText(at % (text.length + 1));
            else if (kind === 'wrap' && text) {
              text.replaceWith(made);
              made.replaceChildren(text);
            } else if (kind === 'hide' && element !== main) element.toggleAttribute('hidden');
          };
          const read: string[][] = [];
          for (const burst of all) {
            for (const step of burst) apply(step);
            // In each frame that a person could see, until the marks have followed.
            for (let frame = 0; frame < 10; frame++) {
              await new Promise((resolve) => requestAnimationFrame(resolve));
              const places = new Map<string, string>();
              for (const { startContainer, startOffset, endContainer, endOffset } of CSS.highlights.get('holdfast') ??
                []) {
                if (!startContainer.isConnected) continue;
                const range = document.createRange();
                const order = texts();
                const place = [
                  order.indexOf(startContainer as Text),
                  startOffset,
                  order.indexOf(endContainer as Text),
                  endOffset,
                ].join();
                try {
                  range.setStart(startContainer, startOffset);
                  range.setEnd(endContainer, endOffset);
                  const twice = places.has(place) ? 'twice: ' : '';
                  places.set(place, twice + range.toString());
                  if (twice !== '') places.set(`${place}!`, twice);
                } catch {
                  places.set(place, 'beyond its text');
                }
              }
              read.push([...places.values()]);
            }
          }
          return read;
        }, bursts);
        for (const text of seen.flat())
          expect(readDialled(text, 'US'), text).toMatchObject({ kind: 'number', known: true });
      },
    ),
    { numRuns: 25, seed: 6 },
  );
  // And it still works after all of it.
  await page.evaluate(() => document.querySelector('main')?.replaceChildren('ring 646-555-0177'));
  await untilMarked(page, ['646-555-0177']);
});

it('sends no message from a page that holds no candidate', async () => {
  const heardFrom = await granted.listen();
  const quiet = await granted.page('<!doctype html><p>Nothing here on 2024-01-15, order 12.</p><div id="late"></div>');
  await quiet.evaluate(() => document.getElementById('late')?.append('nor at 10:30, for 12,50 €'));
  // A page opened later that does ask shows that the first one had its time.
  const loud = await granted.page('<!doctype html><p>(415) 555-0122</p>');
  await untilMarked(loud, ['(415) 555-0122']);
  await until('the other page was heard', async () => (await heardFrom(loud.url())).length > 0);
  expect(await heardFrom(quiet.url())).toEqual([]);
  // It can be heard as well: with a number it asks about that, and about nothing that was there before.
  await quiet.bringToFront();
  await quiet.evaluate(() => document.getElementById('late')?.append(' or call (415) 555-0123'));
  await untilMarked(quiet, ['(415) 555-0123']);
  const asked = (await heardFrom(quiet.url())).filter(({ call }) => call !== 'words');
  expect(asked).toMatchObject([{ call: 'confirm', args: [['(415) 555-0123']] }]);
});
