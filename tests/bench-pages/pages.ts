/** Heavy pages: a long text full of numbers, a long table, and a chat that never stops. */

/** 100,000 characters with 2,000 numbers of two countries among ordinary words. */
export function longText(head: string): string {
  const paragraphs = Array.from({ length: 500 }, (_, at) => {
    const line = String(100 + (at % 900));
    return `<p>Ask Jo at (415) 555-0${line} on ${String(1 + (at % 28))} March, order ${String(40_000 + at)}, or 212-555-0${line}.
      The office in London, +44 20 7946 0${line}, is open from 9 to 5; after that ring 646.555.0${line} please.</p>`;
  });
  return page(head, paragraphs.join('\n'));
}

/** 20,000 rows, each with a name, a number and a date. */
export function table(head: string): string {
  const rows = Array.from(
    { length: 20_000 },
    (_, row) =>
      `<tr><td>Person ${String(row)}</td><td>(415) 555-${String(1000 + (row % 9000))}</td><td>2024-03-${String(10 + (row % 20))}</td></tr>`,
  );
  return page(head, `<table>${rows.join('')}</table>`);
}

/** 1,000 messages a second for five seconds, one in twenty with a number; the oldest go. */
export function chat(head: string): string {
  return page(
    head,
    `<div id="log" style="height:400px;overflow:auto"></div><script>
      const log = document.getElementById('log');
      let sent = 0;
      const from = performance.now();
      const timer = setInterval(() => {
        const due = Math.min(5000, performance.now() - from);
        for (; sent < due; sent++) {
          const line = document.createElement('p');
          line.innerHTML = sent % 20 === 0 ? 'ring <b>(415) 555-' + (1000 + (sent % 9000)) + '</b>' : 'message ' + sent + ' says hello at 10:30';
          log.append(line);
          if (log.childElementCount > 500) log.firstElementChild.remove();
        }
        if (sent >= 5000) { clearInterval(timer); window.done = true; }
      }, 10);
    </script>`,
  );
}

/** Pages that make 1,000 changes in each second and never stop. */
export const churning: { readonly [name: string]: string } = {
  'chat: rows come, the oldest go': forever(
    '<div id="log" style="height:400px;overflow:auto"></div>',
    `const line = document.createElement('p');
    line.innerHTML = at % 20 === 0 ? 'ring <b>(415) 555-' + (1000 + (at % 9000)) + '</b>' : 'message ' + at + ' says hello at 10:30';
    log.append(line);
    if (log.childElementCount > 500) log.firstElementChild.remove();`,
  ),
  '200 cells, their text written over': forever(
    `<p>(415) 555-0100</p>${'<span>x</span> '.repeat(200)}`,
    `cells[at % 200].firstChild.data = 'price ' + at;`,
  ),
  '200 cells, their text replaced': forever(
    `<p>(415) 555-0100</p>${'<span>x</span> '.repeat(200)}`,
    `cells[at % 200].textContent = at % 20 === 0 ? '(415) 555-' + (1000 + (at % 9000)) : 'price ' + at;`,
  ),
};

function forever(body: string, change: string): string {
  return page(
    '',
    `${body}<script>
      const cells = document.querySelectorAll('span');
      const from = performance.now();
      let at = 0;
      setInterval(() => { for (const due = performance.now() - from; at < due; at++) { ${change} } }, 10);
    </script>`,
  );
}

function page(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Heavy</title>${head}</head><body>${body}</body></html>`;
}
