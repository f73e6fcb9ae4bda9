// Runs in the page before either client: keeps hold of what the client makes, so that it can be asked.

const kept = (window.made = {
  peers: [],
  sockets: [],
  sent: 0,
  tracks: [],
  played: [],
  /** Settles when the microphone may be opened. */
  microphoneMay: Promise.resolve(),
  microphoneAsked: false,
  microphone: 'granted',
});

window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration) {
    super(configuration);
    kept.peers.push(this);
  }
};

window.WebSocket = class extends WebSocket {
  constructor(url, protocols) {
    kept.sockets.push(String(url));
    // Hosts of the real world are written down and not called.
    super(/^wss?:\/\/127\.0\.0\.1/.test(String(url)) ? url : 'ws://127.0.0.1:9/', protocols);
  }

  send(text) {
    super.send(text);
    kept.sent += 1;
  }
};

const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (constraints) => {
  if (kept.microphone === 'denied') throw new DOMException('denied by the test', 'NotAllowedError');
  kept.microphoneAsked = true;
  await kept.microphoneMay;
  const stream = await getUserMedia(constraints);
  kept.tracks.push(...stream.getAudioTracks());
  return stream;
};

const playElement = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  kept.played.push({ src: this.currentSrc || this.src, loop: this.loop, element: this });
  return playElement.call(this);
};
