/** Lets a DTLS handshake live whose server was slow: werift gives up where a hello that it repeated is answered twice. */

import type { RTCPeerConnection } from 'werift';

const HELLO_VERIFY_REQUEST = 3;

/** Call it once the peer has its transports: a second HelloVerifyRequest is dropped, as RFC 6347, section 4.2.4, has a client do. */
export function bearSecondHello(pc: RTCPeerConnection): void {
  for (const transport of pc.dtlsTransports) {
    transport.onStateChange.subscribe((state) => {
      // Its socket is made right after it says so, and speaks 100 ms later.
      if (state === 'connecting') queueMicrotask(() => bear(transport.dtls));
    });
  }
}

function bear(socket: RTCPeerConnection['dtlsTransports'][number]['dtls']): void {
  if (!socket) return;
  const handle = socket.onHandleHandshakes;
  let verified = false;
  socket.onHandleHandshakes = (handshakes) => {
    const first = handshakes.filter(({ msg_type: type }) => type !== HELLO_VERIFY_REQUEST || !verified);
    verified ||= handshakes.some(({ msg_type: type }) => type === HELLO_VERIFY_REQUEST);
    return handle(first);
  };
}
