/** An eventemitter3 whose `emit` cannot be broken by a listener. */

import EventEmitter from 'eventemitter3';
import { emitSafely } from './model/events';
import type { Log } from './ports';

export class Emitter<Events extends object> extends EventEmitter<Events> {
  readonly #log: Log;
  readonly #onceWrappers = new WeakMap<object, object>();

  constructor(log: Log) {
    super();
    this.#log = log;
  }

  override emit<Name extends EventEmitter.EventNames<Events>>(
    name: Name,
    ...args: Parameters<EventEmitter.EventListener<Events, Name>>
  ): boolean {
    return emitSafely(this.listeners(name), args, (thrown) =>
      this.#log.error('a listener threw', { event: String(name), thrown }),
    );
  }

  /** Our `emit` reads the plain list of listeners, so a one-time listener takes itself away. */
  override once<Name extends EventEmitter.EventNames<Events>>(
    name: Name,
    listener: EventEmitter.EventListener<Events, Name>,
    context?: unknown,
  ): this {
    const wrapper = (...args: Parameters<EventEmitter.EventListener<Events, Name>>): void => {
      super.off(name, wrapper as EventEmitter.EventListener<Events, Name>);
      listener.apply(context ?? this, args);
    };
    this.#onceWrappers.set(listener, wrapper);
    return super.on(name, wrapper as EventEmitter.EventListener<Events, Name>);
  }

  override off<Name extends EventEmitter.EventNames<Events>>(
    name: Name,
    listener?: EventEmitter.EventListener<Events, Name>,
  ): this {
    const wrapper = listener && this.#onceWrappers.get(listener);
    if (wrapper) super.off(name, wrapper as EventEmitter.EventListener<Events, Name>);
    return super.off(name, listener);
  }
}
