import { expect, it } from 'vitest';
import { useStage } from './stage';

const stage = useStage({ pingMs: 30 });

it('pings every client that has signed in, with a serial number', async () => {
  const client = await stage.signIn();
  expect(await client.next('ping')).toEqual({ serno: 0 });
  expect(await client.next('ping', 1)).toEqual({ serno: 1 });
});

it('leaves alone a client that has not signed in', async () => {
  const stranger = await stage.connect();
  const alice = await stage.signIn();
  await alice.next('ping', 2);
  expect(stranger.received).toEqual([]);
});
