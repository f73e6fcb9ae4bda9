/** Snapshots from the engine: the newest revision of the youngest engine wins. */

import { beforeEach, describe, expect, it } from 'vitest';
import { contentScript, engine, fakeBrowser, own, sendAs, tell } from './browser';
import { engineReaders } from '../../../lib/extension/arguments';
import { follow, isNewer, listen, publish } from '../../../lib/extension/feed';
import { serve } from '../../../lib/extension/rpc';
import type { PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import { engineOf } from './services';
import { snapshot } from './snapshots';

const at = (born: number, revision: number): PhoneSnapshot => snapshot({ engine: born, revision });

beforeEach(() => fakeBrowser.reset());

describe('isNewer', () => {
  it.each([
    [at(1, 1), null, true],
    [at(1, 2), at(1, 1), true],
    [at(1, 1), at(1, 1), false],
    [at(1, 1), at(1, 2), false],
    [at(2, 1), at(1, 900), true],
    [at(1, 900), at(2, 1), false],
  ])('compares', (next, seen, news) => {
    expect(isNewer(next, seen)).toBe(news);
  });
});

describe('listen', () => {
  it('hears only the engine, and every revision once', async () => {
    const heard: number[] = [];
    const stop = listen(({ revision }) => heard.push(revision));
    await tell({ feed: at(1, 1) }, engine);
    await tell({ feed: at(1, 3) }, engine);
    await tell({ feed: at(1, 2) }, engine);
    await tell({ feed: at(1, 9) }, own);
    await tell({ feed: at(1, 9) }, contentScript);
    await tell({ feed: { revision: 'x', engine: 1 } }, engine);
    await tell({ feed: null }, engine);
    expect(heard).toEqual([1, 3]);
    stop();
    await tell({ feed: at(1, 4) }, engine);
    expect(heard).toEqual([1, 3]);
  });

  it('never answers, so that it steals no reply', async () => {
    listen(() => undefined);
    expect(await tell({ feed: at(1, 1) }, engine)).toEqual([]);
  });
});

describe('follow', () => {
  it('brings the present at once, and a broadcast that is younger wins over a late answer', async () => {
    sendAs(own);
    let answer: (snapshot: PhoneSnapshot) => void = () => undefined;
    serve('engine', engineReaders, () => engineOf({ snapshot: () => new Promise((resolve) => (answer = resolve)) }));
    const heard: number[] = [];
    follow(({ revision }) => heard.push(revision));
    await tell({ feed: at(1, 5) }, engine);
    answer(at(1, 4));
    await tell({ feed: at(1, 6) }, engine);
    expect(heard).toEqual([5, 6]);
  });

  it('tells that there is no engine, and hears the one that is born later', async () => {
    sendAs(own);
    const heard: number[] = [];
    const missing = new Promise((resolve) => follow(({ revision }) => heard.push(revision), resolve));
    expect(await missing).toMatchObject({ reason: 'engine-gone' });
    await tell({ feed: at(1, 1) }, engine);
    expect(heard).toEqual([1]);
  });

  it('says nothing more after its stop, though the answer was under way', async () => {
    sendAs(own);
    serve('engine', engineReaders, () => engineOf({}));
    const heard: unknown[] = [];
    follow((next) => heard.push(next))();
    // One who asked later has its answer.
    await new Promise((resolve) => follow(resolve));
    expect(heard).toEqual([]);
  });
});

describe('publish', () => {
  it('reaches listeners, and does not mind when there are none', async () => {
    sendAs(engine);
    publish(at(1, 1));
    const heard = new Promise<PhoneSnapshot>((resolve) => listen(resolve));
    publish(at(1, 2));
    expect(await heard).toEqual(at(1, 2));
  });
});
