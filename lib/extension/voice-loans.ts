/** Who lends the engine a voice, where the engine's own document is never given the microphone (Firefox). */

import { PhoneError } from '../phone/model/errors';
import type { DeviceId } from '../phone/model/ids';
import type { VoiceProcessing } from '../phone/model/voice';
import type { Microphone } from '../phone/ports';

/** The part of the browser's MediaDeviceInfo that lists are made of. */
export interface DeviceFacts {
  readonly kind: string;
  readonly deviceId: string;
  readonly label: string;
}

/** A visible page of ours, which may open the microphone. */
export interface Lender {
  /** False for the popup, which goes with the next press anywhere else. */
  readonly stays: boolean;
  /** Rejects with the browser's DOMException. */
  open(device: DeviceId | null, processing: VoiceProcessing | null): Promise<MediaStreamTrack>;
  devices(): Promise<readonly DeviceFacts[]>;
  /** Whether its window is the one that has the focus of the desktop: to others Firefox gives no microphone, granted or not. */
  isInFront(): Promise<boolean>;
}

export interface LoansPorts {
  permission(): Promise<PermissionState | 'unknown'>;
  microphone(track: MediaStreamTrack, device: DeviceId | null, onClosed: () => void): Microphone;
  silence(onClosed: () => void): Microphone;
  /** What the browser said, as one of the `microphone-…` reasons. */
  asError(cause: unknown): Promise<PhoneError>;
  /** A lender came or went: the list of devices may be another. */
  changed(): void;
}

/** A lender that has not answered by then may be asking the person: the call goes on without a voice meanwhile. */
const PATIENCE_MS = 2_000;

interface Loan {
  readonly lender: Lender;
  readonly stays: boolean;
  readonly over: Promise<never>;
}

/** The newest lender that stays lends, else the newest; a voice that flows stays with the one that gave it, until that one closes. */
export class Loans {
  readonly #ports: LoansPorts;
  readonly #loans: Loan[] = [];
  /** What is in use, and who lent it; null is silence. */
  readonly #given = new Map<Microphone, Loan | null>();
  /** They were asked, and have not answered yet: the person, or until their window comes to the front. */
  readonly #asked = new Map<Loan, 'in front' | 'behind'>();
  #devices: readonly DeviceFacts[] | null = null;

  constructor(ports: LoansPorts) {
    this.#ports = ports;
  }

  /** One that can lend now, as far as is known. */
  get hasLenderThatStays(): boolean {
    return this.#loans.some((loan) => loan.stays && this.#asked.get(loan) !== 'behind');
  }

  /** Calls without a voice get one now. Returns the end, after which this lender is not touched any more. */
  lend(lender: Lender): () => void {
    let end: () => void = () => undefined;
    const over = new Promise<never>((_resolve, reject) => {
      end = () => reject(new PhoneError('microphone-missing', { error: 'lender-closed' }));
    });
    // Whoever waits hears of it in its own race.
    over.catch(() => undefined);
    const loan: Loan = { lender, stays: lender.stays, over };
    this.#loans.push(loan);
    this.#supersede(null);
    this.#ports.changed();
    return () => {
      const at = this.#loans.indexOf(loan);
      if (at < 0) return;
      this.#loans.splice(at, 1);
      this.#asked.delete(loan);
      end();
      const lent = [...this.#given].filter(([, from]) => from === loan).map(([microphone]) => microphone);
      this.#supersede(loan);
      // Its tracks end with the page: that is no device unplugged.
      for (const microphone of lent) microphone.events.removeAllListeners('ended');
      this.#ports.changed();
    };
  }

  /** Silence where nobody lends, or nobody answers in time. Throws `microphone-…`, or the signal's reason. */
  async open(
    device: DeviceId | null,
    signal: AbortSignal,
    processing: VoiceProcessing | null = null,
  ): Promise<Microphone> {
    const permission = await this.#ports.permission();
    signal.throwIfAborted();
    if (permission === 'prompt') throw new PhoneError('microphone-prompt');
    if (permission === 'denied') throw new PhoneError('microphone-denied');
    const microphone = (await this.#lent(device, processing)) ?? this.#silence();
    if (!signal.aborted) return microphone;
    microphone.close();
    throw signal.reason;
  }

  /** As the newest lender sees them, or as the last one did; null before there was any. */
  async devices(): Promise<readonly DeviceFacts[] | null> {
    const loan = this.#loans.at(-1);
    if (loan === undefined) return this.#devices;
    try {
      const found = await Promise.race([loan.lender.devices(), loan.over]);
      // Copied by our own array, since a page's objects, and what its methods make, die with it.
      this.#devices = Array.from(found, ({ kind, deviceId, label }) => ({ kind, deviceId, label }));
    } catch {
      // The page closed meanwhile: what was known stays known.
    }
    return this.#devices;
  }

  /** One lender after the other is asked, those that came or answered meanwhile too; null where none gives. */
  async #lent(device: DeviceId | null, processing: VoiceProcessing | null): Promise<Microphone | null> {
    for (;;) {
      const free = this.#loans.filter((loan) => !this.#asked.has(loan));
      const loan = free.findLast(({ stays }) => stays) ?? free.at(-1);
      if (loan === undefined) return null;
      const microphone = await this.#borrow(loan, device, processing);
      if (microphone !== null) return microphone;
    }
  }

  /** Null where the lender is gone, or has not answered by now. */
  async #borrow(loan: Loan, device: DeviceId | null, processing: VoiceProcessing | null): Promise<Microphone | null> {
    const opening = Promise.race([loan.lender.open(device, processing), loan.over]);
    try {
      let track = await Promise.race([opening, patience()]);
      if (track === null) {
        const where = (await isInFront(loan)) ? 'in front' : 'behind';
        // It may have come while that was asked.
        track = await Promise.race([opening, Promise.resolve(null)]);
        if (track === null) this.#asked.set(loan, where);
      }
      if (track !== null) {
        // Only now does the browser name the devices.
        this.#ports.changed();
        return this.#give(loan, track, device);
      }
      this.#lookWhenAnswered(loan, opening);
    } catch (cause) {
      if (this.#loans.includes(loan)) throw await this.#ports.asError(ownException(cause));
    }
    return null;
  }

  /** Opened again once the person has answered: then the browser does not ask any more. */
  #lookWhenAnswered(loan: Loan, opening: Promise<MediaStreamTrack>): void {
    void opening
      .then(
        (track) => track.stop(),
        () => undefined,
      )
      .finally(() => {
        this.#asked.delete(loan);
        this.#supersede(null);
      });
  }

  #give(loan: Loan, track: MediaStreamTrack, device: DeviceId | null): Microphone {
    const microphone = this.#ports.microphone(track, device, () => this.#given.delete(microphone));
    this.#given.set(microphone, loan);
    return microphone;
  }

  #silence(): Microphone {
    const microphone = this.#ports.silence(() => this.#given.delete(microphone));
    this.#given.set(microphone, null);
    return microphone;
  }

  #supersede(loan: Loan | null): void {
    for (const [microphone, from] of [...this.#given]) if (from === loan) microphone.events.emit('superseded');
  }
}

function isInFront({ lender, over }: Loan): Promise<boolean> {
  return Promise.race([lender.isInFront(), over]).catch(() => true);
}

/** An exception of another window is no instance of ours: only its name is taken along. */
function ownException(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null || !('name' in thrown)) return thrown;
  return new DOMException('', typeof thrown.name === 'string' ? thrown.name : 'UnknownError');
}

function patience(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), PATIENCE_MS);
  });
}
