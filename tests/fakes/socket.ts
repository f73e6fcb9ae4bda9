/** A socket that a test holds the other end of. */

import EventEmitter from 'eventemitter3';
import { PhoneError } from '../../lib/phone/model/errors';
import type { Socket, SocketEvents } from '../../lib/phone/ports';

export class FakeSocket implements Socket {
  readonly events = new EventEmitter<SocketEvents>();
  /** Everything that the phone sent, parsed. */
  readonly sent: Record<string, unknown>[] = [];
  isOpen = true;
  /** Takes what is sent, and says nothing. */
  deaf = false;
  onSent: (frame: Record<string, unknown>) => void = () => undefined;

  constructor(readonly url: string) {}

  send(text: string): void {
    if (!this.isOpen) throw new PhoneError('disconnected');
    const frame = JSON.parse(text) as Record<string, unknown>;
    this.sent.push(frame);
    if (!this.deaf) this.onSent(frame);
  }

  close(): void {
    this.isOpen = false;
  }

  /** The server says this. */
  say(frame: unknown): void {
    if (this.isOpen) this.events.emit('text', typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The connection breaks, or the server closes it. */
  drop(code: number | null = 1006, reason = ''): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.events.emit('closed', code, reason);
  }
}
