/** All conference rooms, and their channels: the list of members, and what is written there. */

import { Channels, type Said } from './channels';
import { fields, text } from './fields';
import { Leg } from './leg';
import type { Ear } from './media/ear';
import { Mixer } from './media/mixer';
import type { Pacer } from './media/pacer';
import type { AudioPacket } from './media/packet';
import type { Party } from './party';
import { Room, type Seat } from './room';
import type { Session } from './session';

/** Behind the @ of channels and addresses; this gateway serves one domain. */
export const DOMAIN = '127.0.0.1';
const LOOK_MS = 300;
const LIST = 'conference-liveArray.';
const CHAT = 'conference-chat.';

/** Who is told of everything that a caller says, of being held, and of a return. */
export interface Listener {
  hear(packet: AudioPacket, stream: unknown): void;
  held(held: boolean): void;
  back(): void;
}

/** The line that holds a caller in a room. */
export interface Attendant extends Party {
  readonly ear: Ear;
  passTo(listener: Listener): void;
  /** Music for somebody who is alone, and none for whoever has company. */
  waits(waits: boolean): void;
}

export class Rooms {
  readonly channels = new Channels({
    may: (session, channel) => this.#may(session, channel),
    heard: (said) => this.#heard(said),
  });
  readonly #pacer: Pacer;
  readonly #rooms = new Map<string, Room>();
  #looking: NodeJS.Timeout | null = null;

  constructor(pacer: Pacer) {
    this.#pacer = pacer;
  }

  /** The caller of this line is in the room until what is returned is called. */
  enter(name: string, line: Attendant): () => void {
    const leg = line.peer;
    const room = this.#open(name);
    const seat = seatOf(line, leg instanceof Leg ? leg.callId : name);
    const member = room.enter(seat);
    const tell = (action: string): void => {
      if (leg instanceof Leg) leg.tellRoom(this.#welcome(`conference-liveArray-${action}`, name, leg.callId, member));
    };
    line.passTo({
      hear: (packet, stream) => room.hear(seat, packet, stream),
      held: (held) => room.held(seat, held),
      // What it listened to is gone with its socket.
      back: () => tell('join'),
    });
    tell('join');
    return () => {
      room.leave(seat);
      tell('part');
      if (room.empty) this.#close(name);
    };
  }

  /** What mod_conference tells a member alone, on a channel of the call's id. */
  #welcome(action: string, name: string, callID: string, member: string) {
    return {
      eventChannel: callID,
      eventType: 'channelPvtData',
      pvtData: {
        callID,
        action,
        laChannel: `${LIST}${name}@${DOMAIN}`,
        laName: name,
        role: 'participant',
        chatID: `conf+${name}@${DOMAIN}`,
        conferenceMemberID: member,
        canvasCount: 0,
        chatChannel: `${CHAT}${name}@${DOMAIN}`,
      },
    };
  }

  /** Of a room's channels its members alone; FreeSWITCH's own events nobody; everything else whoever wants to. */
  #may(session: Session, channel: string): boolean {
    if (channel.startsWith('FSevent')) return false;
    const room = this.#roomOf(channel);
    if (room === undefined) return !channel.startsWith('conference-');
    return [...session.legs.keys()].some((callId) => room.has(callId));
  }

  #heard({ session, channel, data, display }: Said): void {
    const room = this.#roomOf(channel);
    if (!room) return;
    if (channel.startsWith(LIST)) {
      if (text(fields(data, 'liveArray'), 'command') === 'bootstrap')
        this.channels.publish(channel, { data: room.boot() });
      return;
    }
    const message = text(data, 'message');
    if (text(data, 'action') !== 'send' || message === null) return;
    const from = `${session.account.user}@${DOMAIN}`;
    const said = { direction: 'outbound', message, fromDisplay: display ?? session.account.name, from };
    this.channels.publish(channel, { data: { ...said, type: text(data, 'type') ?? 'message' } });
  }

  #roomOf(channel: string): Room | undefined {
    const prefix = [LIST, CHAT].find((each) => channel.startsWith(each));
    if (prefix === undefined || !channel.endsWith(`@${DOMAIN}`)) return undefined;
    return this.#rooms.get(channel.slice(prefix.length, -DOMAIN.length - 1));
  }

  #open(name: string): Room {
    let room = this.#rooms.get(name);
    if (!room) {
      room = new Room(name, new Mixer(this.#pacer), (data) =>
        this.channels.publish(`${LIST}${name}@${DOMAIN}`, { data }),
      );
      this.#rooms.set(name, room);
    }
    this.#looking ??= setInterval(() => {
      for (const each of this.#rooms.values()) each.listen();
    }, LOOK_MS);
    return room;
  }

  #close(name: string): void {
    this.#rooms.delete(name);
    if (this.#rooms.size > 0 || !this.#looking) return;
    clearInterval(this.#looking);
    this.#looking = null;
  }
}

function seatOf(line: Attendant, callId: string): Seat {
  return {
    callId,
    who: line.peer?.label ?? line.label,
    codec: line.codec,
    talks: () => {
      const { silent, quietForMs } = line.ear.heard(200);
      return !silent && quietForMs !== null && quietForMs < LOOK_MS;
    },
    hear: (packet, stream) => line.peer?.hear(packet, stream),
    alone: (alone) => line.waits(alone),
  };
}
