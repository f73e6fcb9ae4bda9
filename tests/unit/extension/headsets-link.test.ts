/** What the settings can do about headsets: ask the person through the browser, and take the permission back. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import './browser';
import { BLACKWIRE, FakeHeadset, FakeHid, JABRA_LIKE } from '../../fakes/headset';

const twins = [new FakeHeadset(JABRA_LIKE, 'Evolve'), new FakeHeadset(JABRA_LIKE, 'Evolve')] as const;
const other = new FakeHeadset(BLACKWIRE, 'Blackwire', 2);
let hid: FakeHid;

beforeEach(() => {
  hid = new FakeHid(...twins, other);
  vi.resetModules();
  vi.stubGlobal('navigator', { hid });
});
afterEach(() => void vi.unstubAllGlobals());

const link = async () => (await import('../../../lib/extension/headsets-link')).headsetsLink;

it('says what came of the browser’s question', async () => {
  const asked = vi.spyOn(hid, 'requestDevice');
  expect(await (await link())?.allow()).toBe('allowed');
  expect(asked).toHaveBeenCalledWith({ filters: [{ usagePage: 0x0b }] });
  asked.mockResolvedValueOnce([]);
  expect(await (await link())?.allow()).toBe('none');
  asked.mockRejectedValueOnce(new DOMException('not here', 'SecurityError'));
  expect(await (await link())?.allow()).toBe('blocked');
});

it('forgets every headset of that kind, and no other', async () => {
  await (await link())?.forget('1234:1:Evolve');
  expect([...twins, other].map(({ forgotten }) => forgotten)).toEqual([true, true, false]);
});

it('is none where the browser has no such door, or keeps it shut', async () => {
  vi.stubGlobal('navigator', {});
  expect(await link()).toBeNull();
});
