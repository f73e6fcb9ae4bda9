/** What the browser says of a connection, told in the phone's words. */

import type EventEmitter from 'eventemitter3';
import type { Log, PeerEvents } from '../ports';
import { safely } from './emit';

interface Dependencies {
  readonly pc: RTCPeerConnection;
  readonly events: EventEmitter<PeerEvents>;
  readonly log: Log;
}

export class PeerTeller {
  readonly #deps: Dependencies;
  #toldClosed = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** From now on, until `signal` aborts. */
  listen(signal: AbortSignal): void {
    const { pc } = this.#deps;
    const on = (type: string, tell: () => void): void => pc.addEventListener(type, tell, { signal });
    on('signalingstatechange', () => {
      this.tell('state', 'signalling', pc.signalingState);
      this.tellIfClosed();
    });
    on('iceconnectionstatechange', () => this.tell('state', 'ice', pc.iceConnectionState));
    on('icegatheringstatechange', () => this.tell('state', 'gathering', pc.iceGatheringState));
    on('connectionstatechange', () => {
      if (pc.connectionState !== 'new') this.tell('connection', pc.connectionState);
      this.tellIfClosed();
    });
    pc.addEventListener('icecandidate', ({ candidate }) => this.#tellCandidate(candidate), { signal });
  }

  tell<E extends keyof PeerEvents>(event: E, ...args: EventEmitter.EventArgs<PeerEvents, E>): void {
    safely(this.#deps.log, () => this.#deps.events.emit(event, ...args));
  }

  /** Once. Chrome destroys peers when the device sleeps, not always with an event. */
  tellIfClosed(): void {
    if (this.#deps.pc.signalingState !== 'closed' || this.#toldClosed) return;
    this.#toldClosed = true;
    this.tell('signallingClosed');
  }

  #tellCandidate(found: RTCIceCandidate | null): void {
    if (found === null) return this.tell('candidate', null);
    const { candidate, sdpMid, sdpMLineIndex } = found;
    if (candidate !== '') this.tell('candidate', { candidate, sdpMid, sdpMLineIndex });
  }
}
