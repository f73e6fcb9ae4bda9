/** Web pages for plays, small and honest: numbers of the gateway's bots in ordinary text. */

/** Bots by the number that people write; each has a short number as well. */
export const numbers = {
  echo: '+1 415 555 0101',
  tone: '+1 415 555 0102',
} as const;

export function pageWith(text: string, script = ''): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Orchard Supplies</title>
  <body style="font: 16px/1.6 sans-serif; margin: 3rem">
    <h1>Orchard Supplies</h1>
    <p>Call the workshop: ${text} (weekdays).</p>
    <script>${script}</script>
  </body>
</html>`;
}
