/** The background learns of the engine's end at once, and the engine outlives the background. */

import { beforeEach, describe, expect, it } from 'vitest';
import { contentScript, engine, fakeBrowser, own } from './browser';
import { createLifeline, listenToLifeline } from '../../../lib/extension/lifeline';
import type { Sender } from '../../../lib/extension/trust';

/** One end of a port; `end()` is what the browser does when the other side dies. */
class Port {
  readonly name: string;
  readonly sender: Sender | undefined;
  readonly #listeners: (() => void)[] = [];
  readonly onDisconnect = { addListener: (listener: () => void) => void this.#listeners.push(listener) };
  closed = false;

  constructor(name: string, sender?: Sender) {
    this.name = name;
    this.sender = sender;
  }
  end(): void {
    for (const listener of this.#listeners) listener();
  }
  disconnect(): void {
    this.closed = true;
  }
}

let opened: Port[];
let accept: (port: Port) => void;

beforeEach(() => {
  opened = [];
  Object.assign(fakeBrowser.runtime, {
    connect: ({ name }: { name: string }) => {
      const port = new Port(name);
      opened.push(port);
      return port;
    },
    onConnect: { addListener: (listener: (port: Port) => void) => (accept = listener) },
  });
});

describe('the engine', () => {
  it('holds one port while a call lives, and lets it go afterwards', () => {
    const hold = createLifeline();
    hold(false);
    expect(opened).toHaveLength(0);
    hold(true);
    hold(true);
    expect(opened).toHaveLength(1);
    hold(false);
    expect(opened[0]?.closed).toBe(true);
  });

  it('opens another when the worker dies in a call, which wakes it', () => {
    const hold = createLifeline();
    hold(true);
    opened[0]?.end();
    opened[1]?.end();
    expect(opened).toHaveLength(3);
    hold(false);
    opened[2]?.end();
    expect(opened).toHaveLength(3);
  });
});

describe('the background', () => {
  it('is told when the engine’s port ends, and by nobody else', () => {
    let ended = 0;
    listenToLifeline(() => (ended += 1));
    for (const [name, sender] of [
      ['lifeline', own],
      ['lifeline', contentScript],
      ['lifeline', undefined],
      ['levels', engine],
    ] as const) {
      const port = new Port(name, sender);
      accept(port);
      port.end();
    }
    expect(ended).toBe(0);
    const port = new Port('lifeline', engine);
    accept(port);
    port.end();
    expect(ended).toBe(1);
  });
});
