/** Whoever can be at one end of a call: a client's leg, a bot, or several legs that ring at once. */

import type { Cause } from './causes';
import type { AudioPacket, CodecName } from './media/packet';
import type { Sound } from './media/sounds';
import type { Fields } from './fields';

export type News =
  | { readonly type: 'ringing' }
  /** Heard before it answers; `sound`, where it is the network's and nobody says it. */
  | { readonly type: 'early'; readonly sound?: Sound }
  /** Goes by another name and number from now on. */
  | { readonly type: 'shows'; readonly who: Label }
  /** `withoutMedia`: the description comes with the answer itself, no early media before. */
  | { readonly type: 'answered'; readonly withoutMedia?: boolean }
  /** A stray second answer: a fault that servers have. */
  | { readonly type: 'answered twice' }
  | { readonly type: 'held'; readonly held: boolean }
  /** It lost its socket, and has its sound again. */
  | { readonly type: 'back' }
  | { readonly type: 'digits'; readonly digits: string }
  | { readonly type: 'message'; readonly message: Fields }
  | { readonly type: 'item'; readonly item: Fields }
  | { readonly type: 'ended'; readonly cause: Cause };

export interface Label {
  readonly name: string;
  readonly number: string;
}

export interface Party {
  readonly label: Label;
  readonly answered: boolean;
  readonly ended: boolean;
  readonly codec: CodecName;
  /** The other end; null while there is none. */
  peer: Party | null;
  /** Sound from the other end. */
  hear(packet: AudioPacket, stream: unknown): void;
  /** What happened at the other end. */
  learn(news: News): void;
}

/** Joins two ends; whoever they spoke to before no longer hears them. */
export function join(one: Party, other: Party): void {
  part(one);
  part(other);
  one.peer = other;
  other.peer = one;
}

/** Takes an end out of its conversation without a word to the other. */
export function part(party: Party): void {
  const peer = party.peer;
  if (peer?.peer === party) peer.peer = null;
  party.peer = null;
}
