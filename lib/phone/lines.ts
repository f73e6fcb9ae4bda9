/** The lines as the settings want them: made, changed and taken away without ever cutting a call. */

import type { Agent } from './dialects/dialect';
import { fields, list } from './dialects/fields';
import { Emitter } from './emitter';
import type { Journal } from './journal';
import { Line } from './line';
import type { LineOptions } from './line-options';
import { setUpLine } from './line-setup';
import { PhoneError } from './model/errors';
import type { DeviceId, LineId } from './model/ids';
import type { LineView } from './model/snapshot';
import type { ClientOptions } from './options';
import type { Ports } from './ports';
import type { LineSettings, PhoneSettings, Resume } from './settings';

export interface LinesEvents {
  change: [];
  line: [line: Line];
  resume: [];
}

export interface LinesDependencies {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly agent: Agent;
  device(): DeviceId | null;
}

/** Of no interest to the server until there is a call. */
const SENT_WITH_CALLS: readonly (keyof ClientOptions)[] = ['customHeaders', 'clientState', 'preferred_codecs'];

/** A line that cannot be made from its settings, and why. */
interface Broken {
  readonly settings: LineSettings;
  readonly error: PhoneError;
}

export class Lines {
  readonly events: Emitter<LinesEvents>;
  readonly #deps: LinesDependencies;
  readonly #lines = new Map<LineId, Line>();
  readonly #broken = new Map<LineId, Broken>();
  #wanted: readonly LineSettings[] = [];

  constructor(deps: LinesDependencies) {
    this.#deps = deps;
    this.events = new Emitter(deps.ports.log);
  }

  /** In the order of the settings. */
  all(): readonly Line[] {
    const order = this.#wanted.map(({ id }) => id);
    return [...this.#lines.values()].sort((a, b) => order.indexOf(a.settings.id) - order.indexOf(b.settings.id));
  }

  get(id: LineId): Line | null {
    return this.#lines.get(id) ?? null;
  }

  /** The line to dial on: the one asked for, else the first that is ready, else the first. Throws `no-account`, `bad-option`. */
  choose(id: LineId | undefined): Line {
    const broken = id === undefined ? [...this.#broken.values()][0] : this.#broken.get(id);
    const lines = this.all();
    const line =
      id === undefined
        ? (lines.find(({ session }) => session.state.phase === 'ready') ?? lines[0])
        : this.#lines.get(id);
    if (line) return line;
    throw broken?.error ?? new PhoneError('no-account');
  }

  apply(settings: PhoneSettings, resume: readonly Resume[] = []): void {
    this.#wanted = settings.lines;
    const wanted = new Set(settings.lines.map(({ id }) => id));
    for (const line of this.all()) if (!wanted.has(line.settings.id)) this.#replace(line, null);
    for (const id of [...this.#broken.keys()]) if (!wanted.has(id)) this.#broken.delete(id);
    for (const entry of settings.lines) {
      const line = this.#lines.get(entry.id);
      if (!line) this.#make(entry, resume.find((kept) => kept.line === entry.id) ?? null);
      else if (!same(line.settings, entry)) this.#change(line, entry);
      else line.notice(null, 'settings-wait');
    }
    this.events.emit('change');
  }

  /** Settings that waited for the end of a call: called when one ended. */
  settle(): void {
    for (const line of this.all()) {
      if (busy(line)) continue;
      const wanted = this.#wanted.find(({ id }) => id === line.settings.id);
      if (!wanted) this.#replace(line, null);
      else if (!same(line.settings, wanted)) this.#replace(line, wanted);
    }
  }

  close(): void {
    for (const line of this.all()) line.close();
    this.#lines.clear();
  }

  views(): readonly LineView[] {
    const order = this.#wanted.map(({ id }) => id);
    const views = [...this.all().map((line) => line.view()), ...[...this.#broken.values()].map(brokenView)];
    return views.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  }

  #make(settings: LineSettings, resume: Resume | null): void {
    const { ports, journal, agent, device } = this.#deps;
    this.#broken.delete(settings.id);
    try {
      const setup = setUpLine(settings, ports.clock.now());
      const line = new Line({ settings, ...setup, agent, ports, journal, device, resume });
      this.#lines.set(settings.id, line);
      line.events.on('change', () => this.events.emit('change'));
      line.events.on('resume', () => this.events.emit('resume'));
      this.events.emit('line', line);
      line.start();
    } catch (thrown) {
      this.#broken.set(settings.id, { settings, error: tokenTrouble(PhoneError.from(thrown)) });
    }
  }

  /** A new token, and what calls are sent with, go in while calls go on; anything else waits for the end of the last call. */
  #change(line: Line, settings: LineSettings): void {
    const options = this.#checked(settings);
    if (options && differOnlyIn(line.settings, settings, SENT_WITH_CALLS)) {
      const { headers: customHeaders, clientState, codecs } = options.sent;
      this.#deps.journal.note(settings.id, { sent: { customHeaders, clientState, codecs } });
      line.adopt(options, settings);
      line.notice(null, 'settings-wait');
      return;
    }
    if (options && onlyTokenDiffers(line.settings, settings)) {
      line.notice(null, 'settings-wait');
      line.renew(options, settings).catch((thrown: unknown) => {
        this.#deps.ports.log.warn('the new token was not taken', { thrown });
        this.#replace(line, settings);
      });
      return;
    }
    if (!busy(line)) return this.#replace(line, settings);
    line.notice({ kind: 'settings-wait', facts: {}, at: this.#deps.ports.clock.now() }, 'settings-wait');
  }

  #checked(settings: LineSettings): LineOptions | null {
    try {
      return setUpLine(settings, this.#deps.ports.clock.now()).options;
    } catch {
      return null;
    }
  }

  #replace(line: Line, settings: LineSettings | null): void {
    if (busy(line)) {
      line.notice({ kind: 'settings-wait', facts: {}, at: this.#deps.ports.clock.now() }, 'settings-wait');
      return;
    }
    this.#lines.delete(line.settings.id);
    line.close();
    line.events.removeAllListeners();
    if (settings) this.#make(settings, null);
    this.events.emit('resume');
  }
}

/** A token that is no good is a trouble with a name of its own, where nothing else is wrong. */
function tokenTrouble(error: PhoneError): PhoneError {
  const [fault, ...others] = list(error.facts['faults']);
  const { reason } = fields(fault);
  const isToken = reason === 'token-malformed' || reason === 'token-expired';
  return isToken && others.length === 0 ? new PhoneError(reason, error.facts, { cause: error }) : error;
}

function busy(line: Line): boolean {
  return [...line.calls.values()].some((call) => call.alive);
}

function same(a: LineSettings, b: LineSettings): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function onlyTokenDiffers(a: LineSettings, b: LineSettings): boolean {
  const tokens = a.options.login_token !== undefined && b.options.login_token !== undefined;
  return tokens && differOnlyIn(a, b, ['login_token']);
}

function differOnlyIn(a: LineSettings, b: LineSettings, names: readonly (keyof ClientOptions)[]): boolean {
  const nothing = Object.fromEntries(names.map((name) => [name, null]));
  const without = ({ options, ...rest }: LineSettings): unknown => ({ ...rest, options: { ...options, ...nothing } });
  return JSON.stringify(sorted(without(a))) === JSON.stringify(sorted(without(b)));
}

/** Members in one order, so that the order they were written in makes no difference. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}

function brokenView({ settings, error }: Broken): LineView {
  return {
    id: settings.id,
    name: settings.name,
    kind: settings.kind,
    session: { phase: 'stopped', because: error.toJson() },
    answeredAt: null,
    roundTripMs: null,
    server: null,
    callerIds: settings.callerIds,
    can: { transfer: false, conference: false, type: false },
    notices: [],
  };
}
