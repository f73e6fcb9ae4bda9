/** Voice levels for the rope: a stream, by a port that a visible view opens and that ends with it. */

import { browser } from 'wxt/browser';
import type { Levels } from '../phone/model/snapshot';
import { audienceOf } from './trust';

const PORT = 'levels';
const EVERY_MS = 66; // 15 a second

/** In the engine: reads the levels while anybody looks, and only then. `read` gives null while there is no call. */
export function serveLevels(read: () => Levels | null): void {
  const ports = new Set<{ postMessage(levels: Levels): void }>();
  let timer: ReturnType<typeof setInterval> | null = null;
  const tick = (): void => {
    const levels = read();
    if (levels !== null) for (const port of ports) port.postMessage(levels);
  };
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORT || port.sender === undefined || audienceOf(port.sender) !== 'own') return;
    ports.add(port);
    timer ??= setInterval(tick, EVERY_MS);
    port.onDisconnect.addListener(() => {
      ports.delete(port);
      if (ports.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    });
  });
}

/** In a view: returns the stop; call it when hidden. Where no engine is there, nothing comes. */
export function followLevels(listener: (levels: Levels) => void): () => void {
  const port = browser.runtime.connect({ name: PORT });
  port.onMessage.addListener((message: unknown) => {
    if (isLevels(message)) listener(message);
  });
  return () => port.disconnect();
}

function isLevels(value: unknown): value is Levels {
  if (typeof value !== 'object' || value === null || !('you' in value) || !('them' in value)) return false;
  return typeof value.you === 'number' && typeof value.them === 'number';
}
