/** Where the report of a call goes: frames to the server as it grows, or one finished file. Never in the way of the call. */

import type { CallMedia } from './call-media';
import { DebugTimeline } from './debug-timeline';
import type { CallOptions } from './call-options';
import { Emitter } from './emitter';
import type { EndCause } from './model/call-state';
import { reportName, type DebugItem, type DebugReport } from './model/debug';
import type { LegId } from './model/ids';
import type { PeerStats } from './ports';

export interface CallDebugEvents {
  sample: [stats: PeerStats];
  finished: [report: DebugReport];
}

const VERSION = 1;

export class CallDebug {
  readonly events: Emitter<CallDebugEvents>;
  readonly #options: CallOptions;
  readonly #timeline: DebugTimeline;
  #leg: LegId;
  #begun = false;

  constructor(options: CallOptions, media: CallMedia) {
    const { ports, verbs } = options;
    this.#options = options;
    this.#leg = options.leg;
    this.events = new Emitter(ports.log);
    this.#timeline = new DebugTimeline({
      clock: ports.clock,
      log: ports.log,
      id: ports.newId(),
      session: () => verbs.session ?? '',
    });
    this.#timeline.events.on('item', (item) => this.#say('debug_report_data', { debug_report_data: item }));
    this.#timeline.events.on('sample', (stats) => this.events.emit('sample', stats));
    media.events.on('peer', (peer) => {
      this.#begin();
      this.#timeline.watch(peer, { ...options.options.media, relayOnly: media.relayOnly });
    });
  }

  note(event: string, data: unknown): void {
    this.#timeline.note('call', event, data);
  }

  leg(leg: LegId): void {
    this.#leg = leg;
    this.note('leg', leg);
  }

  /** The call is over. */
  finish(startedAt: number, cause: EndCause): void {
    const { ports, id, direction, options } = this.#options;
    this.note('ended', cause);
    this.#timeline.close();
    if (this.#begun) this.#say('debug_report_stop', {});
    const report: DebugReport = {
      version: VERSION,
      id: this.#timeline.id,
      call: id,
      leg: this.#leg,
      direction,
      output: options.debug === 'socket' ? 'socket' : 'file',
      startedAt,
      endedAt: ports.clock.now(),
      cause,
      timeline: this.#timeline.items,
    };
    if (report.output === 'file') ports.saveFile?.(reportName(report), JSON.stringify(report));
    this.events.emit('finished', report);
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#say('debug_report_start', {});
  }

  /** Section 10.2 of the reference; sent and forgotten, where the official client waits for each reply. */
  #say(type: string, more: { readonly debug_report_data?: DebugItem }): void {
    const { options, verbs } = this.#options;
    if (options.debug !== 'socket' || !this.#begun) return;
    const report = { debug_report_id: this.#timeline.id, debug_report_version: VERSION, call_id: this.#leg };
    verbs.tell({
      type,
      ...report,
      ...(more.debug_report_data ? { debug_report_data: { ...more.debug_report_data } } : {}),
    });
  }
}
