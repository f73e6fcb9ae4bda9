/** One line a step, with the seconds since the start. */

const start = performance.now();

export function say(step: string): void {
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${step}`);
}
