/** When an update of the extension may come in. */

import { expect, it, vi } from 'vitest';
import './browser';
import { updateWhenIdle, type UpdatePorts } from '../../../entrypoints/background/update';
import { call, ended, snapshot } from './snapshots';

const TALKING = { phase: 'active', since: 1, held: false } as const;

function ports(more: Partial<UpdatePorts> = {}) {
  let waits = true;
  return {
    waits: { getValue: async () => waits, setValue: async (value: boolean) => void (waits = value) },
    snapshot: async () => snapshot(),
    isPhoneInFront: async () => false,
    ...more,
    reload: vi.fn<() => void>(),
  };
}
it('lets an update in where there is no call and nobody looks, once', async () => {
  const idle = ports({ snapshot: async () => snapshot({ calls: [call(ended('hung-up-here'))] }) });
  await updateWhenIdle(idle);
  await updateWhenIdle(idle);
  expect(idle.reload).toHaveBeenCalledTimes(1);
});

it('keeps it waiting through a call, and then lets it in', async () => {
  let calls = [call(TALKING)];
  const busy = ports({ snapshot: async () => snapshot({ calls }) });
  await updateWhenIdle(busy);
  expect(busy.reload).not.toHaveBeenCalled();
  calls = [];
  await updateWhenIdle(busy);
  expect(busy.reload).toHaveBeenCalledTimes(1);
});

it('keeps it waiting while the phone is open', async () => {
  const open = ports({ isPhoneInFront: async () => true });
  await updateWhenIdle(open);
  expect(open.reload).not.toHaveBeenCalled();
});

it('does nothing where none waits', async () => {
  const none = ports();
  await none.waits.setValue(false);
  await updateWhenIdle(none);
  expect(none.reload).not.toHaveBeenCalled();
});
