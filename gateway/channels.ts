/** Event channels, as mod_verto has them: who listens to which, and what is said there. */

import type { Reply } from './client-socket';
import type { Fields } from './fields';
import type { Session } from './session';
import type { Request } from './speak/speak';

export type ChannelRequest = Extract<Request, { verb: 'channels' }>;

/** Something that a client said on a channel. */
export interface Said {
  readonly session: Session;
  readonly channel: string;
  readonly data: Fields;
  /** The name that the client gave itself. */
  readonly display: string | null;
}

/** May this session listen and speak there? And who answers what it says: the other clients do not hear it (seen live). */
interface Keeper {
  may(session: Session, channel: string): boolean;
  heard(said: Said): void;
}

export class Channels {
  readonly #listeners = new Map<string, Map<Session, number>>();
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  serve(request: ChannelRequest, session: Session): Reply {
    const allowed = request.channels.filter((channel) => this.#keeper.may(session, channel));
    const refused = request.channels.filter((channel) => !allowed.includes(channel));
    const { id: sessid } = session;
    switch (request.action) {
      case 'subscribe':
        if (allowed.length === 0) return { error: { unauthorizedChannels: refused } };
        for (const channel of allowed) this.#at(channel).set(session, 0);
        return {
          result: {
            subscribedChannels: allowed,
            ...(refused.length === 0 ? {} : { unauthorizedChannels: refused }),
            sessid,
          },
        };
      case 'unsubscribe':
        for (const channel of request.channels) this.#at(channel).delete(session);
        return { result: { unsubscribedChannels: request.channels, sessid } };
      case 'broadcast': {
        const [channel] = allowed;
        if (channel === undefined) return { error: { code: -32_002, message: 'Permission Denied.' } };
        const { data, display } = request;
        const said = { session, channel, data, display };
        return { result: { sessid }, afterwards: () => this.#keeper.heard(said) };
      }
      default:
        return request.action satisfies never;
    }
  }

  /** Tells everybody who listens. */
  publish(channel: string, params: Fields): void {
    for (const [session, eventSerno] of this.#at(channel)) {
      this.#at(channel).set(session, eventSerno + 1);
      session.notify(`${session.speak.prefix}event`, { eventChannel: channel, ...params, eventSerno });
    }
  }

  /** A socket is gone, and with it whatever it listened to. */
  forget(session: Session): void {
    for (const listeners of this.#listeners.values()) listeners.delete(session);
  }

  #at(channel: string): Map<Session, number> {
    let listeners = this.#listeners.get(channel);
    if (!listeners) this.#listeners.set(channel, (listeners = new Map<Session, number>()));
    return listeners;
  }
}
