/** Path data for a small line of measurements; pure. */

/** Points spread over the width, scaled between `least` and the largest value; empty for fewer than two values. */
export function sparkPath(values: readonly number[], width: number, height: number, least: number): string {
  if (values.length < 2) return '';
  const most = Math.max(least, ...values);
  const step = width / (values.length - 1);
  return values
    .map((value, index) => {
      const x = (index * step).toFixed(1);
      const y = (height - 2 - ((height - 4) * value) / most).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
}
