/** Calls between our contexts over runtime.sendMessage: addressed, checked by trust and by shape, errors kept whole. */

import { browser } from 'wxt/browser';
import { PhoneError, type PhoneErrorJson } from '../phone/model/errors';
import type { Services } from './contract';
import { isRecord } from './record';
import { audienceOf, type Audience, type Sender } from './trust';

export type Address = keyof Services;

// Parameters of any function, without naming `any`.
type Method = (...args: never[]) => unknown;
type Methods<Api> = { [M in keyof Api]: Api[M] extends Method ? M : never }[keyof Api] & string;

/** The same methods, each returning a promise. */
export type Remote<Api> = {
  readonly [M in Methods<Api>]: Api[M] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};
/** What serves an address: the result may come later. */
export type Service<Api> = {
  readonly [M in Methods<Api>]: Api[M] extends (...args: infer A) => infer R ? (...args: A) => R | Promise<R> : never;
};
/** One reader a method: unknown arguments in, exact arguments out; throws `bad-message`. See arguments.ts. */
export type Readers<Api> = {
  readonly [M in Methods<Api>]: Api[M] extends (...args: infer A) => unknown ? (args: readonly unknown[]) => A : never;
};

const AUDIENCE: { readonly [K in Address]: Audience } = { engine: 'own', background: 'own', page: 'page' };

/** Characters of JSON in one message. Own messages may carry a ringtone file of 2 MB. */
const LONGEST: { readonly [K in Address]: number } = { engine: 8_000_000, background: 8_000_000, page: 32_000 };

/**
 * Answers the messages that are addressed to `to`, from the audience that this address is for. Everything else is left
 * alone (`undefined`), so that no reply is stolen. Returns the stop.
 */
export function serve<K extends Address>(
  to: K,
  readers: Readers<Services[K]>,
  service: (sender: Sender) => Service<Services[K]>,
): () => void {
  const listener = (message: unknown, sender: Sender): Promise<unknown> | undefined => {
    const request = requestTo(to, message);
    if (request === null) return undefined;
    return reply(() => {
      if (audienceOf(sender) !== AUDIENCE[to]) throw new PhoneError('not-allowed', { to });
      return run(request, readers, service(sender), LONGEST[to]);
    });
  };
  // The polyfill turns a returned promise into the reply in every browser; Chrome's own types do not know it.
  const listen = listener as Parameters<typeof browser.runtime.onMessage.addListener>[0];
  browser.runtime.onMessage.addListener(listen);
  return () => browser.runtime.onMessage.removeListener(listen);
}

/** The service at `to`, wherever it lives. A call throws the server's PhoneError, or `engine-gone` where nobody serves. */
export function remote<K extends Address>(to: K): Remote<Services[K]> {
  const methods = new Proxy(
    {},
    {
      get: (_target, name) => {
        // Looking like a thenable would make `await remote(...)` hang.
        if (typeof name !== 'string' || name === 'then') return undefined;
        return (...args: unknown[]) => send(to, name, args);
      },
    },
  );
  return methods as Remote<Services[K]>;
}

interface Request {
  readonly call: string;
  readonly args: readonly unknown[];
}

async function send(to: Address, call: string, args: readonly unknown[]): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await browser.runtime.sendMessage({ to, call, args });
  } catch (cause) {
    throw new PhoneError('engine-gone', { to }, { cause });
  }
  if (isRecord(answer) && 'ok' in answer) return answer['ok'] ?? undefined;
  if (isRecord(answer) && isErrorJson(answer['failed'])) throw PhoneError.fromJson(answer['failed']);
  throw new PhoneError('engine-gone', { to });
}

function requestTo(to: Address, message: unknown): Request | null {
  if (!isRecord(message) || message['to'] !== to) return null;
  const { call, args } = message;
  return { call: typeof call === 'string' ? call : '', args: Array.isArray(args) ? args : [] };
}

async function reply(work: () => unknown): Promise<{ ok: unknown } | { failed: PhoneErrorJson }> {
  try {
    return { ok: (await work()) ?? null };
  } catch (thrown) {
    return { failed: PhoneError.from(thrown).toJson() };
  }
}

function run<Api>(request: Request, readers: Readers<Api>, service: Service<Api>, longest: number): unknown {
  if (!isMethod(readers, request.call)) throw new PhoneError('bad-message', { call: request.call.slice(0, 40) });
  if (JSON.stringify(request.args).length > longest)
    throw new PhoneError('bad-message', { call: request.call, why: 'too-long' });
  const read: (args: readonly unknown[]) => readonly unknown[] = readers[request.call];
  const method = service[request.call] as (...args: readonly unknown[]) => unknown;
  return method.apply(service, [...read(request.args)]);
}

function isMethod<Api>(readers: Readers<Api>, name: string): name is Methods<Api> {
  return Object.hasOwn(readers, name);
}

function isErrorJson(value: unknown): value is PhoneErrorJson {
  return isRecord(value) && typeof value['reason'] === 'string' && isRecord(value['facts']);
}
