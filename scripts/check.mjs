/** `npm run check`: what is quick and tells most, for the moment before a commit. No browser, no gateway. */

process.argv.push('types', 'lint', 'unit');
await import('./test.mjs');
