/** Conference rooms of the server's, and messages written in calls: who is there, who wrote what, and to whom ours go. */

import type { Call } from './call';
import type { Conversation } from './conversation';
import type { Params, RoomAddress, RoomEvent } from './dialects/dialect';
import { PhoneError } from './model/errors';
import type { LegId } from './model/ids';
import type { Party, RoomMember } from './model/snapshot';
import type { Log } from './ports';
import type { CallVerbs } from './verbs';

export interface RoomsOptions {
  readonly log: Log;
  readonly verbs: CallVerbs;
  readonly conversation: Conversation;
  /** Who we are on this line: the user, and the domain behind the @. */
  readonly user: string;
  readonly domain: string;
  readonly name: string;
  newId(): string;
  calls(): Iterable<Call>;
  /** Somebody wrote, and there is no call that it could belong to. */
  onAlone(from: Party, text: string): void;
  call(leg: LegId): Call | null;
}

interface Room {
  readonly call: Call;
  readonly address: RoomAddress;
  members: ReadonlyMap<string, RoomMember>;
  /** Of the last change that was heard; null before the first. */
  serial: number | null;
  /** Our own lines, which come back to us as everybody's do. */
  readonly sent: string[];
}

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<Call, Room>();

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /** Never throws: what belongs to no call of ours changes nothing. */
  hear(event: RoomEvent): void {
    switch (event.type) {
      case 'room-entered':
        return this.#enter(this.#options.call(event.call), event.room);
      case 'room-left':
        return this.#leave(this.#options.call(event.call));
      case 'room-members':
        for (const room of this.#rooms.values()) {
          if (room.address.members === event.channel && room.address.name === event.name) this.#change(room, event);
        }
        return;
      case 'room-written':
        for (const room of this.#rooms.values()) if (room.address.written === event.channel) this.#written(room, event);
        return;
      case 'written': {
        const call = event.call === null ? this.#callWith(event.from) : this.#options.call(event.call);
        if (call?.alive)
          this.#options.conversation.written(call, event.from.name ?? userOf(event.from.number), event.text);
        else this.#options.onAlone(this.#here(event.from), event.text);
        return;
      }
      default:
        event satisfies never;
    }
  }

  /** A call is over, and so is its place in a room. */
  forget(call: Call): void {
    this.#rooms.delete(call);
  }

  /** Writes to whoever is in the call. Throws `unsupported` where nobody can be written to, or like any request. */
  async write(call: Call, text: string): Promise<void> {
    const room = this.#rooms.get(call);
    const { verbs, conversation, newId, name } = this.#options;
    if (room?.address.written) {
      room.sent.push(text);
      try {
        await verbs.broadcast(room.address.written, { action: 'send', message: text, type: 'message' }, name);
      } catch (thrown) {
        room.sent.splice(room.sent.indexOf(text), 1);
        throw thrown;
      }
    } else {
      const { number } = call.who;
      if (number === null) throw new PhoneError('unsupported', { command: 'type', why: 'no number' });
      await verbs.message(call.legFacts(), this.#letter(number, text));
    }
    conversation.typed(call, newId(), text);
  }

  /** Writes to somebody outside of any call. Throws like any request. */
  async writeTo(number: string, text: string): Promise<void> {
    await this.#options.verbs.message(null, this.#letter(number, text));
  }

  #letter(number: string, text: string): { readonly from: string; readonly to: string; readonly body: string } {
    const to = number.includes('@') ? number : `${number}@${this.#options.domain}`;
    return { from: this.#address, to, body: text };
  }

  /** On the server's own domain the user alone is the number, as it is dialled. */
  #here({ name, number }: Party): Party {
    const [user = '', domain = ''] = number?.split('@') ?? [];
    return { name, number: domain === this.#options.domain && user !== '' ? user : number };
  }

  get #address(): string {
    const { user, domain } = this.#options;
    return user.includes('@') ? user : `${user}@${domain}`;
  }

  /** Told once more after every return to the server, whose listeners were lost with the socket. */
  #enter(call: Call | null, address: RoomAddress): void {
    if (!call?.alive) return;
    const before = this.#rooms.get(call);
    const same = before?.address.members === address.members;
    const room: Room = { call, address, members: same ? before.members : new Map(), serial: null, sent: [] };
    this.#rooms.set(call, room);
    this.#show(room);
    const channels = [address.members, ...(address.written === null ? [] : [address.written])];
    this.#ask(room, async () => {
      // Refused, too, where we listen already: the list itself is what tells whether we may.
      await this.#options.verbs.subscribe(channels).catch(ifRefused);
      await this.#askForAll(room);
    });
  }

  #leave(call: Call | null): void {
    if (!call || !this.#rooms.delete(call)) return;
    call.setRoom(null);
  }

  #change(room: Room, { serial, change }: Extract<RoomEvent, { type: 'room-members' }>): void {
    const members = new Map(change.kind === 'all' ? [] : room.members);
    if (change.kind === 'all') for (const member of change.members) members.set(member.id, member);
    else if (change.kind === 'one') members.set(change.member.id, change.member);
    else members.delete(change.id);
    room.members = members;
    this.#show(room);
    // The whole list carries no number; a change that does not follow the last one means that something was missed.
    if (change.kind === 'all' || serial === null || serial < 0) return;
    const missed = room.serial !== null && serial !== room.serial + 1;
    room.serial = serial;
    if (missed) this.#ask(room, () => this.#askForAll(room));
  }

  #written(room: Room, { from, text }: Extract<RoomEvent, { type: 'room-written' }>): void {
    const { conversation, newId } = this.#options;
    const ours = from.number === this.#address || from.number === this.#options.user;
    const sent = ours ? room.sent.indexOf(text) : -1;
    if (sent >= 0) room.sent.splice(sent, 1);
    else if (ours) conversation.typed(room.call, newId(), text);
    else conversation.written(room.call, from.name ?? userOf(from.number), text);
  }

  async #askForAll({ address: { members, name } }: Room): Promise<void> {
    const liveArray: Params = { command: 'bootstrap', context: members, name, obj: {} };
    await this.#options.verbs.broadcast(members, { liveArray }, this.#options.name);
  }

  /** Without the list the call goes on, and the room keeps its name. */
  #ask(room: Room, what: () => Promise<void>): void {
    what().catch((thrown: unknown) => {
      this.#options.log.warn('a room does not tell its members', { leg: room.call.leg, thrown });
    });
  }

  #show({ call, address: { name }, members }: Room): void {
    call.setRoom({ name, members: [...members.values()], own: call.leg });
  }

  /**
   * The call with whoever wrote: words of anybody else would stand in a conversation that is not theirs. The writer is an account,
   * which may have another number; then the server calls both by one name.
   */
  #callWith({ name, number }: Party): Call | null {
    const calls = [...this.#options.calls()].filter((call) => call.alive);
    const user = userOf(number);
    return (
      calls.find(({ who }) => user !== null && userOf(who.number) === user) ??
      calls.find(({ who }) => name !== null && who.name === name) ??
      null
    );
  }
}

function ifRefused(thrown: unknown): void {
  if (PhoneError.from(thrown).reason !== 'refused') throw thrown;
}

function userOf(address: string | null): string | null {
  return address === null ? null : (address.split('@')[0] ?? null);
}
