/** Connects parties: finds who has a number, rings them, transfers, and calls an account from a bot. */

import { randomUUID } from 'node:crypto';
import type { Account, Accounts } from './accounts';
import type { BotKind, BotServices } from './bot';
import { BotLine } from './bot';
import { causeOf } from './causes';
import { whoHas, type Dialplan } from './dialplan';
import { Fork } from './fork';
import type { LegAbout } from './leg';
import { Leg } from './leg';
import type { Pacer } from './media/pacer';
import { ringback } from './media/sounds';
import { Parking } from './parking';
import type { Label, Party } from './party';
import { join, part } from './party';
import type { Session } from './session';
import type { Dialog, Header } from './speak/speak';
import type { Lack } from './faults';
import { spoiled } from './spoiled';

const ENDED_KEPT = 200;

export interface ExchangeOptions {
  readonly accounts: Accounts;
  readonly pacer: Pacer;
  readonly services: BotServices;
  readonly sessionsOf: (account: Account) => readonly Session[];
  readonly noAnswerMs: number;
  readonly trickle: boolean;
  /** A fault: what every new leg is without. */
  readonly lacking: () => Lack | null;
}

/** What a caller lets the other end know. */
interface Calling {
  readonly from: Label;
  readonly headers: readonly Header[];
  readonly clientState: string | null;
  readonly dialplan: Dialplan;
}

/** Of a bot, which dials nothing but accounts. */
const NO_DIALPLAN: Dialplan = { parks: false, unassigned: 'UNALLOCATED_NUMBER' };

export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #legs = new Map<string, Leg>();
  readonly #bots = new Set<BotLine>();
  readonly #parking: Parking;
  #ended: Leg[] = [];

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#parking = new Parking(options.services);
  }

  /** Living calls first, then the ones that ended lately, newest last. */
  legs(): readonly Leg[] {
    return [...this.#legs.values(), ...this.#ended];
  }

  leg(callId: string): Leg | null {
    return this.#legs.get(callId) ?? this.#ended.findLast((leg) => leg.callId === callId) ?? null;
  }

  bots(): readonly BotLine[] {
    for (const bot of [...this.#bots]) if (bot.ended) this.#bots.delete(bot);
    return [...this.#bots];
  }

  isTaken(callId: string): boolean {
    return this.#legs.has(callId);
  }

  /** A client dialled. The leg is there at once; `start` rings the other end. */
  dial(session: Session, dialog: Dialog, offer: string, destination: string): { start: () => void } {
    const { account } = session;
    const leg = this.#newLeg(session, {
      callId: dialog.callId,
      direction: 'in',
      caller: { name: dialog.callerName ?? account.name, number: dialog.callerNumber ?? account.number },
      callee: { name: 'Outbound Call', number: destination },
      headers: dialog.headers,
      clientState: dialog.clientState,
      recoverable: dialog.recoverable,
    });
    const answerable = session.speak.accepts(offer) && this.#options.lacking() !== 'codec';
    if (!answerable) return { start: () => leg.end(causeOf('INCOMPATIBLE_DESTINATION')) };
    leg.receive(offer);
    const { headers, clientState } = dialog;
    const calling = { from: leg.about.caller, headers, clientState, dialplan: leg.dialplan };
    return { start: () => this.connect(leg, destination, calling) };
  }

  /** Rings whoever has the number, on behalf of `caller`, who may be in the middle of a call. */
  connect(caller: Party, number: string, calling: Calling): void {
    if (caller.ended) return;
    part(caller);
    const who = whoHas(number, calling.dialplan, this.#options.accounts);
    switch (who?.kind) {
      case 'place': {
        const attendant = this.#parking.visit(caller, number);
        if (attendant) this.#bots.add(attendant);
        return;
      }
      case 'account': {
        const rings = this.#ring(caller, who.account, calling).length > 0;
        if (rings && who.aloud) caller.learn({ type: 'early', sound: ringback });
        return;
      }
      case 'bot':
        return this.#startBot(caller, who.bot);
      case undefined:
        return caller.learn({ type: 'ended', cause: causeOf(calling.dialplan.unassigned) });
    }
  }

  /** Can the other end be passed on? An application of the dialplan cannot. */
  isBridged(leg: Leg): boolean {
    const { peer } = leg;
    return leg.answered && peer !== null && !(peer instanceof BotLine && peer.kind.application === true);
  }

  /** Blind transfer: the other end of `leg` is connected to the number, and `leg` is over. */
  transfer(leg: Leg, number: string): boolean {
    const other = leg.peer;
    if (!other || !this.isBridged(leg)) return false;
    const { dialplan } = leg;
    part(leg);
    if (!whoHas(number, dialplan, this.#options.accounts)) {
      // Then both are over (seen of FreeSWITCH).
      const cause = causeOf(dialplan.unassigned);
      other.learn({ type: 'ended', cause });
      leg.end(cause);
      return true;
    }
    leg.end(causeOf('NORMAL_CLEARING'));
    other.learn({ type: 'held', held: false });
    this.connect(other, number, { from: other.label, headers: [], clientState: null, dialplan });
    return true;
  }

  /** Attended transfer: the other ends of both legs are connected, and both legs are over. */
  replace(leg: Leg, otherLeg: Leg): boolean {
    const one = leg.peer;
    const two = otherLeg.peer;
    if (!one || !two || !this.isBridged(leg) || !this.isBridged(otherLeg)) return false;
    join(one, two);
    for (const party of [one, two]) party.learn({ type: 'held', held: false });
    // The replaced call first, as FreeSWITCH does.
    for (const left of [otherLeg, leg]) {
      left.peer = null;
      left.end(causeOf('NORMAL_CLEARING'));
    }
    if (one instanceof Leg) one.display(two.label);
    if (two instanceof Leg) two.display(one.label);
    if (one instanceof BotLine && two instanceof BotLine) one.takeLeave();
    return true;
  }

  /** A bot calls an account. Resolves to the call ids that ring; none when the account is not signed in. */
  callAccount(account: Account, kind: BotKind): readonly string[] {
    const bot = this.#newBot(kind);
    const calling = { from: bot.label, headers: [], clientState: null, dialplan: NO_DIALPLAN };
    return this.#ring(bot, account, calling, () => bot.run());
  }

  forgetAll(): void {
    for (const leg of [...this.#legs.values()]) leg.finish(causeOf('SYSTEM_SHUTDOWN'));
    for (const bot of this.bots()) bot.hangUp('SYSTEM_SHUTDOWN');
    this.#ended = [];
  }

  #ring(caller: Party, account: Account, calling: Calling, answered?: () => void): readonly string[] {
    const sessions = this.#options.sessionsOf(account);
    if (sessions.length === 0) {
      caller.learn({ type: 'ended', cause: causeOf('USER_NOT_REGISTERED') });
      return [];
    }
    const callee = { name: account.name, number: account.number };
    const legs = sessions.map((session) =>
      this.#newLeg(session, {
        callId: randomUUID(),
        direction: 'out',
        caller: calling.from,
        callee,
        headers: calling.headers,
        clientState: calling.clientState,
        recoverable: true,
      }),
    );
    const fork = new Fork(callee, legs);
    fork.onTaken = answered ?? null;
    join(caller, fork);
    fork.start(this.#options.noAnswerMs);
    return legs.map((leg) => leg.callId);
  }

  #startBot(caller: Party, kind: BotKind): void {
    const bot = this.#newBot(kind);
    join(caller, bot);
    bot.run();
  }

  #newBot(kind: BotKind): BotLine {
    const bot = new BotLine(kind, this.#options.services);
    this.#bots.add(bot);
    return bot;
  }

  #newLeg(session: Session, about: LegAbout): Leg {
    const lacking = this.#options.lacking();
    const leg: Leg = new Leg({
      about,
      account: session.account,
      pacer: this.#options.pacer,
      trickle: this.#options.trickle && session.speak.trickles,
      speak: spoiled(session.speak, lacking),
      tell: (verb, facts, extra) => session.tell(verb, facts, extra),
      ended: () => {
        session.legs.delete(about.callId);
        this.#legs.delete(about.callId);
        this.#ended = [...this.#ended, leg].slice(-ENDED_KEPT);
      },
    });
    if (lacking === 'path') leg.audio.stop('resumed');
    session.legs.set(about.callId, leg);
    this.#legs.set(about.callId, leg);
    return leg;
  }
}
