/** Jitter and ids. */

export const random = (): number => Math.random();
export const newId = (): string => crypto.randomUUID();
