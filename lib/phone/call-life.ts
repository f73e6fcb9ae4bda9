/** The sequences of one call, tied to one another and to its sound, and the end that stops them all. */

import { CallCore, Over } from './call-core';
import { Digits } from './call-digits';
import type { CallOptions } from './call-options';
import { CallOrders } from './call-orders';
import { CallRecovery } from './call-recovery';
import { CallSetup } from './call-setup';
import { CallStrands } from './call-strands';
import type { Bye } from './dialects/dialect';
import type { EndCause } from './model/call-state';
import { causeHere } from './model/end-cause';
import { PhoneError } from './model/errors';
import { QualityWatch } from './quality';

export class CallLife {
  readonly core: CallCore;
  readonly startedAt: number;
  readonly setup: CallSetup;
  readonly orders: CallOrders;
  readonly recovery: CallRecovery;
  readonly strands: CallStrands;
  readonly digits: Digits;
  readonly quality: QualityWatch;

  constructor(options: CallOptions) {
    const core = new CallCore(options);
    this.core = core;
    this.startedAt = options.resumed?.startedAt ?? core.now();
    this.orders = new CallOrders(core, () => this.strands.expectSound());
    this.setup = this.#setUp();
    this.digits = this.#dialDigits();
    this.quality = this.#watchQuality();
    this.recovery = new CallRecovery(core, {
      renewLeg: () => {
        this.setup.forgetAnswer();
        return core.renewLeg();
      },
      recovering: (waitsForPerson) => this.strands.recovering(waitsForPerson),
      recovered: () => this.strands.recovered(),
      lost: (error) => this.lose(error),
    });
    this.strands = new CallStrands(core, {
      waitsForPerson: () => this.recovery.waitsForPerson,
      onSound: () => this.setup.settle(),
      onSilence: () => this.recovery.onSound(false),
      onLine: () => {
        this.recovery.onLineUp();
        this.digits.pump();
      },
      onRecovered: () => this.#talks(),
      lose: (error) => this.lose(error),
    });
    this.#listenToSound();
    this.#listenToMicrophone();
    this.#listenToDebug();
    if (core.state.phase === 'recovering') this.strands.expectEnd();
  }

  /**
   * The end: a word to the server, whose answer changes nothing any more, then the microphone, then the state. A browser that
   * closes leaves time for little more than that word.
   */
  end(cause: EndCause, bye: Bye | null): void {
    const { core } = this;
    if (!core.alive) return;
    const { id, verbs, ports } = core.options;
    const facts = core.leg.facts();
    if (bye && core.leg.onServer) {
      verbs.bye(facts, bye).catch((thrown: unknown) => {
        ports.log.warn('the server was not told of the end', { call: id, thrown });
        core.note({ bye: PhoneError.from(thrown).reason });
      });
    }
    this.quality.stop();
    this.recovery.close();
    this.strands.close();
    this.digits.clear();
    this.setup.close();
    core.media.close();
    core.move({ type: 'ended', cause, at: core.now() });
    core.events.emit('ended', cause);
    core.debug?.finish(this.startedAt, cause);
  }

  /** It cannot go on. A step that the end itself cut off has failed nobody. */
  fail(thrown: unknown, bye: Bye): void {
    if (!(thrown instanceof Over)) this.end(causeHere('failed', PhoneError.from(thrown).toJson()), bye);
  }

  /** It cannot be brought back. */
  lose(error: PhoneError): void {
    this.end(causeHere('lost', error.toJson()), this.core.options.verbs.byes.hangUp);
  }

  #setUp(): CallSetup {
    const { core } = this;
    return new CallSetup(core, {
      fail: (thrown, bye) => this.fail(thrown, bye),
      onAnswered: () => {
        // The path of the early media may be gone by now, and only an answered call may ask for another.
        const { connection } = core.media;
        if (core.facts.everFlowed && connection !== 'new') this.recovery.onConnection(connection);
      },
      onSlow: () => this.recovery.restart(),
      onTalk: () => this.#talks(),
      onUnanswered: () => this.end(causeHere('no-answer'), core.options.verbs.byes.cancel),
      onCalledAgain: () => {
        this.strands.recovered();
        void this.orders.holdAgain();
      },
    });
  }

  #dialDigits(): Digits {
    const { core } = this;
    const { ports, verbs, digits } = core.options;
    return new Digits(
      {
        clock: ports.clock,
        send: (digit) => verbs.digits(core.leg.facts(), digit),
        ready: () => verbs.up && core.state.phase === 'active',
        onChange: () => core.changed(),
        onFailed: (error) => core.setTrouble(error),
      },
      digits,
    );
  }

  #watchQuality(): QualityWatch {
    const { core } = this;
    return new QualityWatch({
      clock: core.options.ports.clock,
      peer: () => core.media.peer,
      onChange: () => core.changed(),
      onSample: (stats, quality) => {
        core.events.emit('measured', { stats, quality, muted: core.media.muted, held: core.held });
      },
    });
  }

  /** What goes on only while it talks. */
  #talks(): void {
    this.quality.start();
    this.digits.pump();
  }

  #listenToSound(): void {
    const { media, facts, options, leg } = this.core;
    const { verbs, ports } = options;
    const sound = (flowing: boolean) => (): void => {
      this.strands.sound(flowing);
      if (this.core.state.phase === 'active') this.recovery.onSound(flowing);
    };
    media.events.on('flowing', sound(true));
    media.events.on('stalled', sound(false));
    media.events.on('connection', (state) => {
      if (facts.answeredAt !== null) this.recovery.onConnection(state);
      if (state === 'failed' || state === 'closed') this.strands.pathLost();
      this.setup.settle();
      this.core.changed();
    });
    media.events.on('candidate', (candidate) => {
      if (!options.options.media.trickle || !verbs.trickles) return;
      verbs.candidate(leg.facts(), candidate).catch((thrown: unknown) => {
        ports.log.debug('a candidate was not sent', { thrown });
      });
    });
    media.events.on('signallingClosed', () => {
      this.core.note({ peer: 'signalling closed' });
      this.recovery.onPeerGone();
      this.core.changed();
    });
  }

  #listenToMicrophone(): void {
    const { core } = this;
    const { events } = core.media;
    events.on('microphoneLost', (label) => {
      core.changed();
      core.events.emit('microphoneLost', label);
    });
    events.on('microphoneChanged', () => core.changed());
    events.on('microphoneRefused', (error) => core.setTrouble(error));
  }

  #listenToDebug(): void {
    const { debug, events } = this.core;
    debug?.events.on('sample', (stats) => events.emit('sample', stats));
    debug?.events.on('finished', (report) => events.emit('report', report));
  }
}
