/** What is marked on a page, and what is left alone, in a real browser on the built extension. */

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../../scripts/stage/until';
import { Granted, marksOf, untilMarked } from './granted';

let granted: Granted;
beforeAll(async () => {
  granted = await Granted.open();
});
afterAll(() => granted.close());

it('reads over inline tags, in open shadow roots and in frames, and not over cells or line breaks', async () => {
  const page = await granted.page(`<!doctype html><p><b>+1</b> 212 <i>555</i>&nbsp;0123</p>
    <p>415<br>555 0132</p><table><tr><td>415</td><td>555 0133</td></tr></table>
    <p style="display:flex"><span>415</span><span> 555 0134</span></p><div id="host"></div>
    <script>document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<p>(415) 555-0177</p>';</script>
    <iframe srcdoc="x"></iframe>`);
  await untilMarked(page, ['+1 212 555 0123', '(415) 555-0177']);
});

it('hears the heads of tables and lists as words in front', async () => {
  const page =
    await granted.page(`<!doctype html><table><thead><tr><th>Order no</th><th>Name</th><th>Phone</th></tr></thead>
    <tr><td>415-555-0101</td><td>Kim</td><td>415-555-0102</td></tr><tr><td>(415) 555-0103</td><td colspan="2">415-555-0104</td></tr></table>
    <table><tr><th>Account number</th><td>415-555-0105</td></tr><tr><th>Phone</th><td>415-555-0106</td></tr></table>
    <dl><dt>Tracking number</dt><dd>415-555-0107</dd><dt>Call</dt><dd><b>415-555-0108</b></dd></dl>`);
  await untilMarked(page, ['415-555-0102', '(415) 555-0103', '415-555-0104', '415-555-0106', '415-555-0108']);
});

it('leaves editors, fields, code, hidden text and telephone links alone', async () => {
  const page = await granted.page(`<!doctype html><p>(415) 555-0100</p>
    <textarea>(415) 555-0101</textarea><input value="(415) 555-0102"><p contenteditable>(415) 555-0103</p><pre>(415) 555-0104</pre>
    <code>(415) 555-0105</code><div role="textbox">(415) 555-0106</div><p aria-hidden="true">(415) 555-0107</p><p hidden>(415) 555-0108</p>
    <svg><text>(415) 555-0109</text></svg><a href="tel:+14155550110">(415) 555-0110</a><select><option>(415) 555-0111</option></select>
    <p style="display:none">(415) 555-0112</p><p>Order 2015550123, REF_2015550123, 2024-01-15</p>`);
  await untilMarked(page, ['(415) 555-0100']);
});

it('follows what the page adds, changes, moves, hides and takes away', async () => {
  const page = await granted.page(`<!doctype html><main><p id="a">nothing yet</p><p id="b">(415) 555-0101</p></main>`);
  await untilMarked(page, ['(415) 555-0101']);
  await page.evaluate(() => {
    const text = document.getElementById('a')?.firstChild;
    if (text) text.nodeValue = 'now (415) 555-0102';
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<p>late +1 415 555 <b id="c">0103</b></p>');
  });
  await untilMarked(page, ['(415) 555-0101', '(415) 555-0102', '+1 415 555 0103']);
  await page.evaluate(() => {
    const last = document.getElementById('c')?.firstChild;
    if (last) last.nodeValue = '0199';
    document.getElementById('b')?.remove();
  });
  await untilMarked(page, ['(415) 555-0102', '+1 415 555 0199']);
  await page.evaluate(() => {
    history.pushState({}, '', '/next');
    document.querySelector('main')?.replaceChildren('Call 415-555-0104');
  });
  await untilMarked(page, ['415-555-0104']);
});

it('marks what joins a number in the same element later, and lets go of text that is taken out', async () => {
  const page = await granted.page('<!doctype html><main>(415) 555-0101<br></main>');
  await untilMarked(page, ['(415) 555-0101']);
  await page.evaluate(() => document.querySelector('main')?.append('and 415-555-0102'));
  await untilMarked(page, ['(415) 555-0101', '415-555-0102']);
  await page.evaluate(() => document.querySelector('main')?.firstChild?.remove());
  await untilMarked(page, ['415-555-0102']);
});

it('paints a stale number at no time while the text under it changes', async () => {
  const page = await granted.page(`<!doctype html><p id="a">(415) 555-0100</p>`);
  await untilMarked(page, ['(415) 555-0100']);
  const stale = await page.evaluate(async () => {
    const text = document.getElementById('a')?.firstChild;
    const seen: string[] = [];
    for (let round = 0; round < 120 && text; round++) {
      text.nodeValue =
        round % 3 === 0
          ? `order ${String(round)}`
          : `${'x'.repeat(round % 5)} (415) 555-01${String(10 + (round % 80))}`;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const marked of CSS.highlights.get('holdfast') ?? []) {
        const range = document.createRange();
        try {
          range.setStart(marked.startContainer, marked.startOffset);
          range.setEnd(marked.endContainer, marked.endOffset);
          if (!/^\(415\) 555-01\d\d$/.test(range.toString())) seen.push(range.toString());
        } catch {
          seen.push('a range beyond its text');
        }
      }
    }
    return seen;
  });
  expect(stale).toEqual([]);
});

it('paints again what the page cleared, and takes out what it forged', async () => {
  const page = await granted.page(`<!doctype html><p>(415) 555-0100</p><p id="x">forged</p>`);
  await untilMarked(page, ['(415) 555-0100']);
  await page.evaluate(() => CSS.highlights.clear());
  await untilMarked(page, ['(415) 555-0100']);
  await page.evaluate(() => {
    const range = document.createRange();
    range.selectNodeContents(document.getElementById('x') ?? document.body);
    CSS.highlights.get('holdfast')?.add(range);
  });
  await untilMarked(page, ['(415) 555-0100']);
});

it('marks a long table as it is scrolled, and never more than is near', async () => {
  const rows = Array.from(
    { length: 5_000 },
    (_, row) => `<tr><td>${String(row)}</td><td>(415) 555-${String(1000 + row)}</td></tr>`,
  );
  const page = await granted.page(`<!doctype html><table>${rows.join('')}</table>`);
  await until('the first rows are marked', async () => (await marksOf(page)).includes('(415) 555-1000'));
  expect((await marksOf(page)).length).toBeLessThan(600);
  await page.evaluate(() => document.querySelectorAll('tr')[3_000]?.scrollIntoView({ block: 'center' }));
  await until('the middle is marked', async () => (await marksOf(page)).includes('(415) 555-4000'));
  expect(await marksOf(page)).not.toContain('(415) 555-1000');
  // Flown through, with each row for a frame at most: nothing of what was passed stays painted.
  await page.evaluate(async () => {
    for (let row = 4_900; row > 0; row -= 97) {
      document.querySelectorAll('tr')[row]?.scrollIntoView({ block: 'center' });
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    scrollTo(0, 0);
  });
  await until('the first rows are marked again', async () => {
    const marks = await marksOf(page);
    return marks.includes('(415) 555-1000') && marks.length < 200;
  });
});

it('marks the rows of a long list that are left when the rest is hidden', async () => {
  const rows = Array.from({ length: 500 }, (_, row) => `<li>(415) 555-${String(1000 + row)}</li>`);
  const page = await granted.page(
    `<!doctype html><style>.few li:not(:nth-child(101n)) { display: none }</style><ul>${rows.join('')}</ul>`,
  );
  await until('the first rows are marked', async () => (await marksOf(page)).includes('(415) 555-1000'));
  await page.evaluate(() => document.querySelector('ul')?.classList.add('few'));
  await until('the rows that are left are marked', async () => {
    const marks = await marksOf(page);
    return [1100, 1201, 1302, 1403].every((last) => marks.includes(`(415) 555-${String(last)}`));
  });
});

it('marks tall items of a long list wherever the page jumps to', async () => {
  const rows = Array.from({ length: 500 }, (_, row) => `<li>(415) 555-${String(1000 + row)}</li>`);
  const page = await granted.page(`<!doctype html><style>li { height: 300px }</style><ul>${rows.join('')}</ul>`);
  await until('the first are marked', async () => (await marksOf(page)).includes('(415) 555-1000'));
  for (const at of [107, 251, 333]) {
    await page.evaluate((row) => document.querySelectorAll('li')[row]?.scrollIntoView({ block: 'center' }), at);
    await until('what is seen is marked', async () => (await marksOf(page)).includes(`(415) 555-${String(1000 + at)}`));
  }
});

it('follows a virtual list that uses its rows again, however it fills them', async () => {
  const page = await granted.page(`<!doctype html><div id="view" style="height:300px;overflow:auto;position:relative">
    <div style="height:60000px"></div></div><script>
      const rows = Array.from({ length: 10 }, () => {
        const row = document.createElement('div');
        row.style.cssText = 'position:absolute;top:0;height:30px';
        row.innerHTML = '<b>x</b> <span>x</span>';
        return view.appendChild(row);
      });
      // A third of the rows has its text written over, a third replaced, a third is taken out and put in again.
      window.show = (first) => rows.forEach((row, at) => {
        const number = '(415) 555-' + (1000 + first + at);
        row.style.transform = 'translateY(' + 30 * (first + at) + 'px)';
        row.firstChild.firstChild.data = 'Person ' + (first + at) + ',';
        if (at % 3 === 0) row.lastChild.firstChild.data = number;
        else row.lastChild.textContent = number;
        if (at % 3 === 2) view.appendChild(row);
      });
      view.addEventListener('scroll', () => show(Math.floor(view.scrollTop / 30)));
      show(0);
    </script>`);
  const from = (first: number): string[] =>
    Array.from({ length: 10 }, (_, at) => `(415) 555-${String(1000 + first + at)}`);
  await untilMarked(page, from(0));
  for (const first of [3, 4, 900, 1]) {
    await page.evaluate((top) => document.getElementById('view')?.scrollTo(0, top), first * 30);
    await untilMarked(page, from(first));
  }
});

it('weighs at most 10 kB on every granted page, compressed', async () => {
  const script = await readFile('.output/chrome-mv3/content-scripts/click-to-call.js');
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(10_000);
});
