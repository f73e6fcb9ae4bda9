/** One conference room: who is in it, everybody's voice to everybody, and the list of members for those who watch (a live array). */

import type { Fields } from './fields';
import type { Mixer, Voices } from './media/mixer';
import type { AudioPacket, CodecName } from './media/packet';
import type { Label } from './party';

/** A member's end in the room. */
export interface Seat {
  /** Of the member's leg. */
  readonly callId: string;
  readonly who: Label;
  readonly codec: CodecName;
  /** Is anything to be heard of the member now? */
  talks(): boolean;
  /** Sound for the member. */
  hear(packet: AudioPacket, stream: unknown): void;
  /** Nobody else is there, or no longer. */
  alone(alone: boolean): void;
}

interface Member {
  readonly seat: Seat;
  readonly voices: Voices;
  readonly id: string;
  held: boolean;
  talks: boolean;
}

type Tell = (data: Fields) => void;

export class Room {
  readonly name: string;
  /** In the order in which they last had the floor, which the list tells. */
  #members: readonly Member[] = [];
  #count = 0;
  #serial = 1;
  readonly #mixer: Mixer;
  readonly #tell: Tell;

  constructor(name: string, mixer: Mixer, tell: Tell) {
    this.name = name;
    this.#mixer = mixer;
    this.#tell = tell;
  }

  get empty(): boolean {
    return this.#members.length === 0;
  }

  /** The new member's number in the room. */
  enter(seat: Seat): string {
    const id = String(++this.#count).padStart(4, '0');
    const voices = this.#mixer.enter(seat.codec, (packet, stream) => seat.hear(packet, stream));
    const member = { seat, voices, id, held: false, talks: false };
    this.#members = [...this.#members, member];
    this.#company();
    this.#list('add', member, { arrIndex: this.#members.length - 1 });
    return id;
  }

  leave(seat: Seat): void {
    const member = this.#of(seat);
    if (!member) return;
    this.#members = this.#members.filter((other) => other !== member);
    member.voices.leave();
    this.#company();
    this.#list('del', member);
  }

  held(seat: Seat, held: boolean): void {
    const member = this.#of(seat);
    if (!member) return;
    member.held = held;
    this.#list('modify', member);
  }

  /** Sound of a member, for all others. */
  hear(seat: Seat, packet: AudioPacket, stream: unknown): void {
    this.#of(seat)?.voices.hear(packet, stream);
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
    return [id, seat.who.number, seat.who.name, `${seat.codec}@48000`, status, {}, null];
  }
}
