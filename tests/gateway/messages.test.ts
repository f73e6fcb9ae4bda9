/** Messages outside of any call, over Verto. */

import { expect, it } from 'vitest';
import { useStage } from './stage';

const stage = useStage();

it('brings a message to every place where somebody is signed in, under its true sender', async () => {
  const alice = await stage.signInVerto('alice');
  const desk = await stage.signInVerto('bob');
  const home = await stage.signInVerto('bob');
  const msg = { from: 'mallory@127.0.0.1', to: '202@127.0.0.1', body: 'Are you in?' };
  expect(await alice.ask('info', { msg })).toEqual({ message: 'SENT', sessid: alice.sessid });
  for (const bob of [desk, home]) {
    const { callID, msg: brought } = await bob.next('info');
    expect(callID).toBeUndefined();
    expect(brought).toMatchObject({ from: 'alice@127.0.0.1', from_msg_name: 'Alice', body: 'Are you in?' });
  }
});

it('says the same of one that nobody gets, and refuses one without a body', async () => {
  const alice = await stage.signInVerto('alice');
  const to = '999@127.0.0.1';
  expect(await alice.ask('info', { msg: { to, body: 'Hello' } })).toMatchObject({ message: 'SENT' });
  await expect(alice.ask('info', { msg: { to } })).rejects.toMatchObject({ code: -32_002 });
});
