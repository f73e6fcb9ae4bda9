/** What is written beside the talk on one line: with an assistant, with the other side, or in a room of the server's. */

import type { Call } from './call';
import { Conversation } from './conversation';
import type { Dialect, RoomEvent } from './dialects/dialect';
import type { Legs } from './legs';
import type { LineOptions } from './line-options';
import { PhoneError } from './model/errors';
import type { WrittenMessage } from './model/message';
import type { SentPicture } from './model/picture';
import type { Ports } from './ports';
import { Rooms } from './rooms';
import type { LineSettings } from './settings';
import type { CallVerbs } from './verbs';

export interface WritingOptions {
  readonly ports: Ports;
  readonly verbs: CallVerbs;
  readonly dialect: Dialect;
  readonly legs: Legs;
  readonly account: LineOptions['account'];
  readonly settings: LineSettings;
  /** Somebody wrote outside of any call. */
  onMessage(message: WrittenMessage): void;
}

/** Of a message, in characters. */
const LONGEST = 8000;

export class Writing {
  readonly #options: WritingOptions;
  readonly #conversation: Conversation;
  readonly #rooms: Rooms;

  constructor(options: WritingOptions) {
    this.#options = options;
    const { ports, verbs, legs, account, settings } = options;
    const { credentials, domain } = account;
    const newId = (): string => ports.newId();
    this.#conversation = new Conversation({
      newId,
      now: () => ports.clock.now(),
      call: () => legs.calls().find((call) => call.alive) ?? null,
    });
    this.#rooms = new Rooms({
      log: ports.log,
      verbs,
      conversation: this.#conversation,
      user: credentials.kind === 'password' ? credentials.user : '',
      domain: domain ?? '',
      name: settings.callerName,
      newId,
      calls: () => legs.calls(),
      onAlone: (from, text) =>
        options.onMessage({
          id: newId(),
          line: settings.id,
          from,
          text: text.slice(0, LONGEST),
          at: ports.clock.now(),
        }),
      call: (leg) => legs.callOf(leg),
    });
  }

  /** Can the person write to somebody on this line? */
  get possible(): boolean {
    return this.#withAssistant || this.#options.dialect.writes;
  }

  /** An assistant's part of the conversation. Never throws. */
  heard(params: unknown): void {
    this.#conversation.hear(params);
  }

  /** Somebody wrote, or a room changed. Never throws. */
  told(event: RoomEvent): void {
    this.#rooms.hear(event);
  }

  /** The call is over. */
  forget(call: Call): void {
    this.#rooms.forget(call);
  }

  /** A written line to the assistant, or to whoever is in the call. Throws `unsupported` or like any request. */
  async type(call: Call, text: string, pictures: readonly SentPicture[]): Promise<void> {
    const { dialect, ports, verbs } = this.#options;
    if (dialect.writes && pictures.length === 0) return this.#rooms.write(call, text);
    if (!this.#withAssistant) throw new PhoneError('unsupported', { command: 'type' });
    const id = ports.newId();
    const urls = pictures.map(({ url }) => url);
    await verbs.say(id, text, urls);
    const previews = pictures.flatMap(({ preview }) => preview ?? []);
    this.#conversation.typed(call, id, text, previews);
  }

  /** To somebody outside of any call. Throws `unsupported` where the server takes none, or like any request. */
  async write(to: string, text: string): Promise<void> {
    if (!this.#options.dialect.writes) throw new PhoneError('unsupported', { command: 'write' });
    await this.#rooms.writeTo(to, text);
  }

  get #withAssistant(): boolean {
    return this.#options.settings.kind === 'assistant';
  }
}
