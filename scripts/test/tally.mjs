/** Counts checks. What failed is kept by name, and told again at the end, where people look. */

const passed = { count: 0 };
const failures = [];

export function pass(count = 1) {
  passed.count += count;
}

export function fail(name, detail = '') {
  failures.push(detail ? `${name}: ${detail}` : name);
}

/** Prints what failed and the one closing line; returns the exit code. Nothing run at all is a failure too. */
export function close() {
  if (passed.count === 0 && failures.length === 0) fail('nothing was run');
  for (const failure of failures) console.log(`failed  ${failure}`);
  console.log(`${passed.count} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}
