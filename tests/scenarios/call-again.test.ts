/** The call is made anew: the path failed, no restart helped, and the person goes on in what stays one call. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { sdp } from '../fakes/peer';
import { DIALECTS, stageOver } from '../fakes/dialects';
import type { Stage, StageOptions } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const KEEP: StageOptions = { options: { keepConnectionAliveOnSocketClose: true } };

/** The server holds and unholds, and knows of no restart. */
function refuseRestarts({ server }: Stage): void {
  server.reply('modify', ({ params: { action } }) =>
    action === 'updateMedia'
      ? { error: { code: -32002, message: 'no' } }
      : { result: { action, holdState: action === 'hold' ? 'held' : 'active' } },
  );
}

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  describe('a call whose path failed and could not be mended', () => {
    it('ends the failed leg and calls again, as one call for the person', async () => {
      const play = stage(KEEP);
      const { platform, server, pass, call, talk, ended } = play;
      const { id, leg } = await talk();
      const answeredAt = call().answeredAt;
      refuseRestarts(play);
      server.reattached = [leg];
      platform.peer.fails();
      await pass(250);
      server.attach(leg, sdp('server-1'));
      await pass();
      expect(server.last('bye')).toMatchObject({ dialogParams: { callID: leg } });
      const second = server.leg();
      expect(second).not.toBe(leg);
      expect(server.last('invite')).toMatchObject({ dialogParams: { destination_number: '+15550100' } });
      expect(call()).toMatchObject({ id, state: { phase: 'recovering' }, legs: { id: second, recoveredFrom: leg } });

      server.ringing(second);
      server.media(second);
      await pass();
      server.answer(second);
      platform.peer.flows();
      await pass();
      expect(call()).toMatchObject({ id, state: { phase: 'active' }, sound: 'flowing', answeredAt });
      expect(platform.microphones).toHaveLength(1);
      expect(ended).toEqual([]);
      server.bye(leg);
      await pass();
      expect(call().state.phase).toBe('active');
      play.phone.hangUp(id);
      await pass();
      expect(ended).toMatchObject([{ id, answeredAt, cause: { kind: 'hung-up-here' } }]);
    });

    it('calls back who had called, where the call was theirs', async () => {
      const play = stage(KEEP);
      const { phone, platform, server, pass, call } = play;
      await pass();
      server.invite('leg-in');
      await pass();
      await Promise.all([phone.answer(call().id), pass()]);
      platform.peer.flows();
      await pass();
      refuseRestarts(play);
      server.reattached = ['leg-in'];
      platform.peer.fails();
      await pass(250);
      server.attach('leg-in', sdp('server-1'));
      await pass();
      expect(server.last('bye')).toMatchObject({ dialogParams: { callID: 'leg-in' } });
      expect(server.last('invite')).toMatchObject({ dialogParams: { destination_number: '+15550123' } });
      server.media(server.leg());
      server.answer(server.leg());
      platform.peer.flows();
      await pass();
      expect(call()).toMatchObject({ direction: 'in', state: { phase: 'active' }, legs: { recoveredFrom: 'leg-in' } });
    });

    it('takes mute and hold along, and says to the server that the new leg is held', async () => {
      const play = stage(KEEP);
      const { phone, platform, server, pass, call, talk } = play;
      const { id, leg } = await talk();
      phone.mute(id, true);
      await Promise.all([phone.hold(id, true), pass()]);
      refuseRestarts(play);
      server.kept = [{ call: leg, sdp: sdp('server-1') }];
      platform.peer.fails();
      await pass(250);
      const second = server.leg();
      expect(second).not.toBe(leg);
      server.media(second);
      server.answer(second);
      platform.peer.connects();
      await pass();
      expect(call()).toMatchObject({ id, state: { phase: 'active', held: true }, muted: true });
      expect(server.last('modify')).toMatchObject({ action: 'hold', dialogParams: { callID: second } });
      expect(platform.peer.muted).toBe(true);
    });

    it('is held no more, and says so, where the server will not hold the new leg', async () => {
      const play = stage(KEEP);
      const { phone, platform, server, pass, call, talk } = play;
      const { id, leg } = await talk();
      await Promise.all([phone.hold(id, true), pass()]);
      server.reply('modify', () => ({ error: { code: -32002, message: 'no' } }));
      server.kept = [{ call: leg, sdp: sdp('server-1') }];
      platform.peer.fails();
      await pass(250);
      server.media(server.leg());
      server.answer(server.leg());
      platform.peer.connects();
      await pass();
      expect(call()).toMatchObject({ state: { phase: 'active', held: false }, trouble: { reason: 'hold-failed' } });
      expect(platform.peer.muted).toBe(false);
    });

    it('goes on alone where the other call is well', async () => {
      const play = stage(KEEP);
      const { phone, platform, server, pass, talk } = play;
      const first = await talk('+15550100');
      const second = await talk('+15550101');
      refuseRestarts(play);
      server.kept = [first, second].map(({ leg }) => ({ call: leg, sdp: sdp('server-1') }));
      const [one] = platform.peers;
      platform.peer.fails();
      await pass(250);
      expect(server.last('invite')).toMatchObject({ dialogParams: { destination_number: '+15550101' } });
      if (one) one.packetsReceived += 100;
      await pass(3000);
      expect(one?.closed).toBe(false);
      expect(phone.snapshot().calls).toMatchObject([
        { id: first.id, state: { phase: 'active', held: true }, legs: { id: first.leg, recoveredFrom: null } },
        { id: second.id, state: { phase: 'recovering' }, legs: { recoveredFrom: second.leg } },
      ]);
    });

    it('ends with what the far side says where it will not talk again', async () => {
      const play = stage(KEEP);
      const { platform, server, pass, talk, ended } = play;
      const { id, leg } = await talk();
      refuseRestarts(play);
      server.kept = [{ call: leg, sdp: sdp('server-1') }];
      platform.peer.fails();
      await pass(250);
      server.bye(server.leg(), 'USER_BUSY', 17);
      await pass();
      expect(ended).toMatchObject([{ id, cause: { code: 17 } }]);
      expect(platform.openMicrophones).toEqual([]);
    });

    it('ends as lost where nobody answers the new leg for five minutes', async () => {
      const play = stage(KEEP);
      const { platform, server, pass, talk, ended } = play;
      const { id, leg } = await talk();
      refuseRestarts(play);
      server.kept = [{ call: leg, sdp: sdp('server-1') }];
      platform.peer.fails();
      await pass(250);
      const second = server.leg();
      server.ringing(second);
      await pass(300_000);
      expect(ended).toMatchObject([{ id, cause: { kind: 'lost' } }]);
      expect(server.last('bye')).toMatchObject({ dialogParams: { callID: second } });
      expect(platform.openMicrophones).toEqual([]);
    });
  });
});
