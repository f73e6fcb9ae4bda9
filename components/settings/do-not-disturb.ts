/** How long "do not disturb" may last, as people choose it; pure. */

export const dndChoices = ['off', 'half_hour', 'hour', 'morning', 'on'] as const;

const HOUR_MS = 60 * 60_000;
const MORNING_HOUR = 8;

/** When it ends: epoch milliseconds, 0 off, -1 when switched off; null for a word that is no choice. */
export function dndUntil(choice: string, now: number): number | null {
  switch (choice) {
    case 'off':
      return 0;
    case 'half_hour':
      return now + HOUR_MS / 2;
    case 'hour':
      return now + HOUR_MS;
    case 'morning':
      return nextMorning(now);
    case 'on':
      return -1;
    default:
      return null;
  }
}

/** The next 08:00 of this computer's clock. */
function nextMorning(now: number): number {
  const morning = new Date(now);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  if (morning.getTime() <= now) morning.setDate(morning.getDate() + 1);
  return morning.getTime();
}
