/** One conference room: who is in it, who is heard, and the list of members that is kept for those who watch (a live array). */

import type { Fields } from './fields';
import type { AudioPacket } from './media/packet';
import type { Label } from './party';

/** A member's end in the room. */
export interface Seat {
  /** Of the member's leg. */
  readonly callId: string;
  readonly who: Label;
  readonly codec: string;
  /** Is anything to be heard of the member now? */
  talks(): boolean;
  /** Sound for the member. */
  hear(packet: AudioPacket, stream: unknown): void;
  /** Nobody else is there, or no longer. */
  alone(alone: boolean): void;
}

interface Member {
  readonly seat: Seat;
  readonly id: string;
  held: boolean;
  talks: boolean;
}

type Tell = (data: Fields) => void;

export class Room {
  readonly name: string;
  /** In the order in which they last had the floor: whoever speaks is heard by all others, and hears the one before. */
  #members: readonly Member[] = [];
  #count = 0;
  #serial = 1;
  readonly #tell: Tell;

  constructor(name: string, tell: Tell) {
    this.name = name;
    this.#tell = tell;
  }

  get empty(): boolean {
    return this.#members.length === 0;
  }

  /** The new member's number in the room. */
  enter(seat: Seat): string {
    const id = String(++this.#count).padStart(4, '0');
    const member = { seat, id, held: false, talks: false };
    this.#members = [...this.#members, member];
    this.#company();
    this.#list('add', member, { arrIndex: this.#members.length - 1 });
    return id;
  }

  leave(seat: Seat): void {
    const member = this.#of(seat);
    if (!member) return;
    this.#members = this.#members.filter((other) => other !== member);
    this.#company();
    this.#list('del', member);
  }

  held(seat: Seat, held: boolean): void {
    const member = this.#of(seat);
    if (!member) return;
    member.held = held;
    this.#list('modify', member);
  }

  /** Sound of a member: those hear it for whom the member is the one to be heard. */
  hear(seat: Seat, packet: AudioPacket, stream: unknown): void {
    for (const { seat: other } of this.#members) {
      if (other !== seat && this.#heardBy(other)?.seat === seat) other.hear(packet, stream);
    }
  }

  /** Looks who talks: the floor goes to a member who does, from one who does not. */
  listen(): void {
    for (const member of this.#members) {
      const talks = !member.held && member.seat.talks();
      if (talks === member.talks) continue;
      member.talks = talks;
      const [floor] = this.#members;
      if (talks && floor && floor !== member && !floor.talks)
        this.#members = [member, ...this.#members.filter((other) => other !== member)];
      this.#list('modify', member);
    }
  }

  /** The whole list, as a client asks for it when it comes in. */
  boot(): Fields {
    return {
      action: 'bootObj',
      name: this.name,
      wireSerno: -1,
      data: this.#members.map((member) => [member.seat.callId, this.#row(member)]),
    };
  }

  has(callId: string): boolean {
    return this.#members.some(({ seat }) => seat.callId === callId);
  }

  #heardBy(seat: Seat): Member | undefined {
    return this.#members.find((member) => member.seat !== seat && !member.held);
  }

  #company(): void {
    for (const { seat } of this.#members) seat.alone(this.#members.length === 1);
  }

  #of(seat: Seat): Member | undefined {
    return this.#members.find((member) => member.seat === seat);
  }

  #list(action: 'add' | 'modify' | 'del', member: Member, more: Fields = {}): void {
    this.#tell({
      action,
      name: this.name,
      hashKey: member.seat.callId,
      wireSerno: this.#serial++,
      data: this.#row(member),
      ...more,
    });
  }

  /** mod_conference's row: number in the room, caller id, codec, and the state as JSON in a text. */
  #row({ id, seat, held, talks }: Member): readonly unknown[] {
    const floor = this.#members[0]?.seat === seat;
    const audio = { muted: false, deaf: false, onHold: held, talking: talks, floor, energyScore: 0 };
    const status = JSON.stringify({ audio, video: false, oldStatus: held ? 'HOLD' : talks ? 'TALKING' : 'ACTIVE' });
    return [id, seat.who.number, seat.who.name, seat.codec, status, {}, null];
  }
}
