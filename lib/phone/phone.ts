/** The phone: lines and calls, commands in, snapshots out. Serves the engine's contract as it stands. */

import { Arrivals } from './arrivals';
import { AudioDevices } from './audio-devices';
import type { Call } from './call';
import { Calls } from './calls';
import type { Agent } from './dialects/dialect';
import { Emitter } from './emitter';
import { EndedCalls } from './ended-calls';
import { finished, interrupted } from './finished';
import { Journal } from './journal';
import { Keeping } from './keeping';
import { Parking } from './parking';
import type { DialOrder, PhoneEvents, PhoneOptions } from './phone-options';
import type { Line } from './line';
import { Lines } from './lines';
import type { EndCause } from './model/call-state';
import type { DeclineReason } from './model/decline';
import { PhoneError } from './model/errors';
import type { CallId, LineId } from './model/ids';
import type { Json } from './model/json';
import type { SentPicture } from './model/picture';
import type { Levels, ParkedView, PhoneNotice, PhoneSnapshot } from './model/snapshot';
import type { Trial } from './model/trial';
import type { Ports } from './ports';
import { Ringer } from './ringing';
import type { PhoneSettings, Resume } from './settings';
import { Timers } from './timers';
import { redact } from './wire/redact';

const AGENT: Agent = { name: 'Holdfast', version: '0.1.0' };
const SILENT_RESUME_MS = 15 * 60_000;

export class Phone {
  readonly events: Emitter<PhoneEvents>;
  readonly journal: Journal;
  readonly #ports: Ports;
  readonly #lines: Lines;
  readonly #devices: AudioDevices;
  readonly #calls: Calls;
  readonly #arrivals: Arrivals;
  readonly #ringer: Ringer;
  readonly #timers: Timers;
  readonly #keeping: Keeping;
  readonly #parking: Parking;
  readonly #ended: EndedCalls;
  readonly #born: number;
  #settings: PhoneSettings | null = null;
  /** The line whose call rang last. */
  #sounding: LineId | null = null;
  #revision = 0;
  #telling = false;
  #closed = false;

  constructor({ ports, agent = AGENT }: PhoneOptions) {
    this.#ports = ports;
    this.#born = ports.clock.now();
    this.events = new Emitter(ports.log);
    this.journal = new Journal(ports.clock);
    this.#timers = new Timers(ports.clock);
    this.#ended = new EndedCalls(this.#timers, (id) => this.#forget(id));
    this.#parking = new Parking(ports.clock, (parked) => this.events.emit('parked', parked));
    this.#calls = new Calls(() => this.#lines.all().flatMap((line) => [...line.calls.values()]), ports.log);
    this.#arrivals = new Arrivals(this.#calls, ports);
    this.#ringer = new Ringer(ports.speaker);
    this.#keeping = new Keeping({
      clock: ports.clock,
      now: () => this.resumeData(),
      anyCall: () => this.#calls.anyAlive,
      tell: (resume) => this.events.emit('resume', resume),
    });
    this.#devices = new AudioDevices(ports, () => this.#calls.all());
    this.#lines = new Lines({ ports, journal: this.journal, agent, device: () => this.#devices.microphone });
    this.#devices.events.on('change', () => this.#changed());
    this.#devices.events.on('outputs', () => this.#setSpeaker());
    this.#lines.events.on('change', () => this.#changed());
    this.#lines.events.on('resume', () => this.#keeping.look());
    this.#lines.events.on('line', (line) => line.events.on('call', (call) => this.#newCall(call)));
    this.#lines.events.on('line', (line) =>
      line.events.on('message', (message) => this.events.emit('message', message)),
    );
    ports.speaker.onBroken((which) => this.#toneBroken(which));
  }

  /** Begins its life with its settings and with what an earlier life kept. Calls that nothing can bring back are told lost. */
  start(settings: PhoneSettings, resume: readonly Resume[] = [], parked: readonly ParkedView[] = []): void {
    const now = this.#ports.clock.now();
    const fresh = resume.filter(({ at }) => now - at < SILENT_RESUME_MS);
    this.#devices.start();
    this.#keeping.begin(resume);
    this.#parking.begin(parked.filter((one) => settings.lines.some(({ id }) => id === one.line)));
    this.#apply(settings, fresh);
    this.#calls.rejoin();
    for (const kept of resume) {
      if (fresh.includes(kept) && this.#lines.get(kept.line) !== null) continue;
      for (const call of kept.calls) this.events.emit('ended', interrupted(kept, call));
    }
  }

  /** Ends every call and signs off. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#lines.close();
    this.#devices.close();
    this.#timers.close();
    this.#arrivals.close();
    this.#keeping.close();
    this.#ringer.close();
  }

  /**
   * The document goes away. Calls of lines with `hangupOnBeforeUnload` end now; those of the others are kept by the server
   * for the next life, which is told at once, since no timer runs any more.
   */
  leave(): void {
    if (this.#closed) return;
    for (const line of this.#lines.all()) line.leave();
    this.events.emit('resume', this.resumeData());
  }

  snapshot(): PhoneSnapshot {
    return {
      revision: this.#revision,
      engine: this.#born,
      lines: this.#parking.shown(this.#lines.views(), (line) => this.#placesOf(line)),
      calls: this.#calls.all().map((call) => call.view()),
      microphone: this.#devices.microphoneState,
      devices: this.#devices.view(),
      parked: this.#parking.view,
    };
  }

  configure(settings: PhoneSettings): void {
    this.journal.command('configure', { lines: settings.lines.length });
    this.#apply(settings, []);
  }

  /**
   * A new call; another that talks is held first. Throws `bad-number`, `no-account`, `bad-option`, `too-many-calls`, or
   * `microphone-prompt` where nobody was ever asked for the microphone.
   */
  dial(order: DialOrder): CallId {
    this.journal.command('dial', { ...order });
    const line = this.#lines.choose(order.line);
    const to = order.to.trim();
    if (to === '' && line.settings.kind !== 'assistant') throw new PhoneError('bad-number', { to });
    if (this.#devices.microphoneState.state === 'prompt') throw new PhoneError('microphone-prompt');
    this.#calls.requireRoom();
    const call = line.dial({
      to: to === '' ? null : to,
      digits: order.digits ?? '',
      name: order.name ?? this.#parking.whoAt(line.settings.id, to)?.name ?? null,
      callerId: order.callerId ?? null,
      muted: order.muted ?? false,
      from: order.from ?? null,
    });
    this.#parking.dialled(call, to);
    this.#calls.holdOthers(call);
    return call.id;
  }

  /** Holds another call that talks. Rejects with the microphone's reason, and then the call rings on. */
  async answer(id: CallId, how: { readonly muted?: boolean } = {}): Promise<void> {
    const call = this.#order('answer', id, { ...how });
    await call.answer(how).then(() => this.#devices.look());
    this.#calls.holdOthers(call);
  }

  decline(id: CallId, reason?: DeclineReason): void {
    this.#order('decline', id, { reason }).decline(reason);
  }

  hangUp(id: CallId): void {
    this.#order('hangUp', id).hangUp();
  }

  /** Resuming one call holds the other. Rejects with `hold-failed`. */
  async hold(id: CallId, held: boolean): Promise<void> {
    const call = this.#order('hold', id, { held });
    if (!held) this.#calls.holdOthers(call);
    await call.hold(held);
  }

  mute(id: CallId, muted: boolean): void {
    const call = this.#order('mute', id, { muted });
    call.mute(muted);
  }

  sendDigits(id: CallId, digits: string): void {
    const call = this.#order('sendDigits', id, { digits: digits.length });
    call.sendDigits(digits);
    const [first] = digits;
    if (digits.length === 1 && first !== undefined) this.#ports.speaker.tone(first);
  }

  silence(id: CallId): void {
    this.#order('silence', id).silence();
  }

  async transfer(id: CallId, to: string): Promise<void> {
    const target = to.trim();
    if (target === '') throw new PhoneError('bad-number', { to });
    await this.#order('transfer', id, { to: target }).transfer(target);
  }

  /**
   * Leaves the call in a free parking place of its server, where any device may fetch it. Throws `unsupported` where the line
   * names no place, or all are taken; `transfer-failed` or `wrong-phase`, and then the call goes on.
   */
  async park(id: CallId): Promise<void> {
    const call = this.#order('park', id);
    const place = this.#parking.free(call.line, this.#placesOf(call.line));
    if (place === null) throw new PhoneError('unsupported', { command: 'park' });
    await call.park(place);
  }

  /** Whoever waited there is somebody else's by now, or gone. */
  forgetParked(line: LineId, place: string): void {
    this.journal.command('forgetParked', { line, place });
    this.#parking.forget(line, place);
    this.#changed();
  }

  async connect(id: CallId, other: CallId): Promise<void> {
    const [call, second] = [this.#order('connect', id, { other }), this.#calls.find(other)];
    if (call === second || call.line !== second.line) throw new PhoneError('unsupported', { command: 'connect' });
    await call.connect(second);
  }

  /** Mixed here, on this computer: everybody hears everybody. */
  async merge(ids: readonly CallId[]): Promise<void> {
    await this.#calls.merge(ids.map((id) => this.#order('merge', id)));
  }

  /** Takes one call out of the conference; the others of it are held. */
  split(id: CallId): void {
    const call = this.#order('split', id);
    this.#calls.split(call);
    this.#calls.holdOthers(call);
  }

  resume(id: CallId): void {
    this.#order('resume', id).resume();
  }

  /** Asks a server of the person's own whether calls can come about, by a call without a microphone. Rejects with what is wrong. */
  async tryCall(id: LineId, to: string): Promise<Trial> {
    this.journal.command('tryCall', { line: id });
    return this.#line(id).tryCall(to.trim());
  }

  retry(id: LineId): void {
    this.journal.command('retry', { line: id });
    this.#line(id).session.retry();
  }

  takeOver(id: LineId): void {
    this.journal.command('takeOver', { line: id });
    this.#line(id).session.start();
  }

  async type(id: CallId, text: string, pictures: readonly SentPicture[] = []): Promise<void> {
    const call = this.#order('type', id);
    await this.#line(call.line).type(call, text, pictures);
  }

  /** To somebody outside of any call. Throws `unsupported`, `no-account`, or like any request. */
  async write(line: LineId, to: string, text: string): Promise<void> {
    this.journal.command('write', { line });
    await this.#line(line).write(to.trim(), text);
  }

  dismiss(id: CallId): void {
    const call = this.#calls.find(id);
    if (call.alive) throw new PhoneError('wrong-phase', { command: 'dismiss', phase: call.state.phase });
    this.#forget(id);
  }

  /** The last minutes, with no secret in them. */
  report(): Json {
    return redact({ snapshot: this.snapshot(), journal: this.journal.export() });
  }

  /** Voice levels of the call that talks, 0 to 1. */
  levels(): Levels {
    return this.#calls.levels();
  }

  /** What a later life needs to come back to its calls. */
  resumeData(): readonly Resume[] {
    return this.#lines.all().flatMap((line) => line.resumeData() ?? []);
  }

  /** The microphone was granted or revoked elsewhere. */
  lookAtDevices(): Promise<void> {
    return this.#devices.look();
  }

  #apply(settings: PhoneSettings, resume: readonly Resume[]): void {
    this.#settings = settings;
    this.#ended.stays = settings.endStays ?? false;
    this.#devices.choose(settings.devices, settings.voice);
    this.#lines.apply(settings, resume);
    this.#setSpeaker();
    this.#changed();
  }

  /** The sounds of the account that is called or calls, and a bell of its own: by ear one knows which of several it is. */
  #setSpeaker(): void {
    const lines = this.#lines.all();
    const place = lines.findIndex(({ settings: { id } }) => id === this.#sounding);
    const sounds = lines[Math.max(0, place)]?.options.sounds;
    const { speaker, ringer } = this.#devices;
    this.#ports.speaker.configure({
      speaker,
      ringer,
      ringVolume: this.#settings?.ring.volume ?? 1,
      ringtoneFile: sounds?.ringtone ?? null,
      bell: Math.max(0, place),
      ringbackFile: sounds?.ringback ?? null,
    });
  }

  #newCall(call: Call): void {
    call.events.on('ended', (cause) => this.#callEnded(call, cause));
    call.events.on('microphoneLost', (label) => void this.#devices.replaceLost(call, label));
    if (call.direction === 'in' && call.state.phase === 'ringing' && this.#settings)
      this.#arrivals.arrived(call, this.#settings);
    this.#changed();
  }

  #callEnded(call: Call, cause: EndCause): void {
    this.#arrivals.ended(call);
    this.#ended.ended(call.id, cause);
    this.#calls.split(call);
    if (cause.kind === 'parked' && cause.place !== undefined) this.#parking.left(call.line, cause.place, call.who);
    this.events.emit('ended', finished(call, cause, this.#ports.clock.now()));
    this.#lines.settle();
    this.#changed();
  }

  #forget(id: CallId): void {
    this.#ended.gone(id);
    for (const line of this.#lines.all()) line.forget(id);
    this.#changed();
  }

  #order(command: string, id: CallId, facts: { readonly [key: string]: Json | undefined } = {}): Call {
    this.journal.command(command, { call: id, ...facts });
    return this.#calls.find(id);
  }

  #line(id: LineId): Line {
    const line = this.#lines.get(id);
    if (!line) throw new PhoneError('no-account', { line: id });
    return line;
  }

  #placesOf(line: LineId): readonly string[] {
    return this.#lines.get(line)?.settings.verto?.park ?? [];
  }

  #toneBroken(which: 'ringtone' | 'ringback'): void {
    const kind: PhoneNotice['kind'] = which === 'ringtone' ? 'ringtone-broken' : 'ringback-broken';
    for (const line of this.#lines.all()) line.notice({ kind, facts: {}, at: this.#ports.clock.now() }, kind);
  }

  #lookWhoRings(): void {
    const ringing = this.#calls.all().filter(({ state }) => state.phase === 'ringing');
    const line = (ringing.find(({ direction }) => direction === 'in') ?? ringing[0])?.line ?? this.#sounding;
    if (line === this.#sounding) return;
    this.#sounding = line;
    this.#setSpeaker();
  }

  /** Several changes of one moment are told as one. */
  #changed(): void {
    this.#lookWhoRings();
    this.#ringer.look(this.#calls.all(), this.#settings?.ring.waiting ?? true);
    this.#keeping.look();
    this.#parking.look(this.#calls.all());
    if (this.#telling || this.#closed) return;
    this.#telling = true;
    void Promise.resolve().then(() => {
      this.#telling = false;
      this.#revision += 1;
      this.events.emit('change', this.snapshot());
    });
  }
}
