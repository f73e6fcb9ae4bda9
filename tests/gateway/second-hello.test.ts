import { expect, it } from 'vitest';
import { MediaStreamTrack, RTCPeerConnection } from 'werift';
import { AudioPeer } from '../../gateway/media/peer';
import { eventually } from './eventually';

it('connects though each word of the other side’s handshake comes twice, as after a hello that was repeated', async () => {
  const far = new RTCPeerConnection({ iceUseIpv6: false, iceAdditionalHostAddresses: ['127.0.0.1'] });
  const events = { packet: () => undefined, connected: () => undefined, candidate: () => undefined };
  const near = new AudioPeer({ events });
  try {
    far.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' });
    await far.setLocalDescription(await far.createOffer());
    const [transport] = far.iceTransports;
    if (!transport) throw new Error('the far side has no transport');
    const { send } = transport.connection;
    let twice = 0;
    transport.connection.send = async (data) => {
      twice += 1;
      await send(data);
      await send(data);
    };
    await far.setRemoteDescription({ type: 'answer', sdp: await near.answer(far.localDescription?.sdp ?? '') });
    await eventually('both are connected', () => near.connected && far.connectionState === 'connected');
    expect(twice).toBeGreaterThan(0);
  } finally {
    await near.close();
    await far.close();
  }
});
