import { describe, expect, it } from 'vitest';
import { PhoneError } from '../../../lib/phone/model/errors';
import { OperationQueue } from '../../../lib/phone/web/operation-queue';

const never = (): Promise<never> => new Promise(() => undefined);

describe('the queue of a peer’s operations', () => {
  it('runs one after another, in order, also after a failure', async () => {
    const queue = new OperationQueue();
    const order: string[] = [];
    const step = (name: string, fails = false) =>
      queue.run(name, async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fails) throw new DOMException('no', 'InvalidStateError');
        return name;
      });
    const [a, b, c] = await Promise.allSettled([step('a'), step('b', true), step('c')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect([a.status, b.status, c.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('names the step and the browser’s error', async () => {
    const cause = new DOMException('no', 'InvalidStateError');
    const failed = new OperationQueue().run('offer', () => Promise.reject(cause));
    await expect(failed).rejects.toMatchObject({
      reason: 'negotiation',
      facts: { step: 'offer', error: 'InvalidStateError' },
      cause,
    });
  });

  it('lets a PhoneError be what it is', async () => {
    const error = new PhoneError('microphone-busy');
    await expect(new OperationQueue().run('x', () => Promise.reject(error))).rejects.toBe(error);
  });

  it('settles what runs, what waits and what comes later when it is closed', async () => {
    const queue = new OperationQueue();
    const all = [queue.run('runs', never), queue.run('waits', never)];
    await Promise.resolve();
    queue.close();
    all.push(queue.run('late', never));
    for (const one of all)
      await expect(one).rejects.toMatchObject({ reason: 'negotiation', facts: { error: 'closed' } });
    expect(queue.signal.aborted).toBe(true);
  });
});
