/** Observation and faults by HTTP, for this machine only: JSON in, JSON out. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { bots } from './bots/index';
import { isCauseName } from './causes';
import type { Fields } from './fields';
import { number, parse, text } from './fields';
import type { Gateway } from './door';

const MAX_BODY = 100_000;
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const done = (body: unknown = { ok: true }): Answer => ({ status: 200, body });
const missing: Answer = { status: 404, body: { error: 'not found' } };
const wrong = (what: string): Answer => ({ status: 400, body: { error: what } });

/** Serves one request. A web page is refused, even one on this machine: it names its origin, our tools do not. */
export function control(request: IncomingMessage, response: ServerResponse, gateway: Gateway): void {
  const stranger = !LOOPBACK.has(request.socket.remoteAddress ?? '') || !LOCAL_HOST.test(request.headers.host ?? '');
  if (stranger || request.headers.origin !== undefined) {
    reply(response, { status: 403, body: { error: 'only for this machine' } });
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => {
    body += part;
    if (body.length > MAX_BODY) request.destroy();
  });
  request.on('error', () => undefined);
  request.on('end', () => {
    const url = new URL(request.url ?? '/', 'http://gateway');
    const path = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
    const given = body === '' ? {} : parse(body);
    if (!given) reply(response, wrong('the body is not a JSON object'));
    else if (request.method === 'GET') reply(response, look(gateway, path, url.searchParams));
    else if (request.method === 'POST') reply(response, act(gateway, path, given));
    else reply(response, { status: 405, body: { error: 'GET or POST' } });
  });
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function look(gateway: Gateway, path: readonly string[], query: URLSearchParams): Answer {
  const [what, id, part] = path;
  switch (what) {
    case undefined:
    case 'state':
      return done({ url: gateway.url, sessions: gateway.sessions(), calls: gateway.calls() });
    case 'bots':
      return done(gateway.bots());
    case 'numbers':
      return done(bots.map(({ number: short, e164, name, does }) => ({ number: short, e164, name, does })));
    case 'frames': {
      const socket = query.get('socket');
      const since = query.get('since');
      return done(
        gateway.frames({ ...(socket ? { socket: Number(socket) } : {}), ...(since ? { since: Number(since) } : {}) }),
      );
    }
    case 'calls': {
      if (id === undefined) return done(gateway.calls());
      const found =
        part === 'heard'
          ? gateway.heard(id, Number(query.get('window') ?? 500))
          : gateway.calls().find((call) => call.callId === id);
      return found ? done(found) : missing;
    }
    default:
      return missing;
  }
}

function act(gateway: Gateway, path: readonly string[], body: Fields): Answer {
  const [what, name] = path;
  switch (what) {
    case 'call': {
      const to = text(body, 'to');
      if (!to) return wrong('to: whom to call');
      return done({ calls: gateway.call(to, text(body, 'bot') ?? '1') });
    }
    case 'token': {
      const user = text(body, 'user');
      return user
        ? done({ token: gateway.mintToken(user, number(body, 'ttlMs') ?? undefined) })
        : wrong('user: for whom');
    }
    case 'forget-frames':
      gateway.forgetFrames();
      return done();
    case 'calls':
      if (!name || path[2] !== 'reset') return missing;
      gateway.resetHeard(name);
      return done();
    case 'faults':
      return fault(gateway, name ?? '', body);
    default:
      return missing;
  }
}

function fault(gateway: Gateway, name: string, body: Fields): Answer {
  const { faults } = gateway;
  const target = { ...named(body, 'user'), ...named(body, 'sessid'), ...counted(body, 'socket') };
  const times = counted(body, 'times');
  const method = text(body, 'method');
  const callId = named(body, 'callId');
  switch (name) {
    case 'close':
      return done({ sockets: faults.close({ ...target, ...counted(body, 'code'), ...named(body, 'reason') }) });
    case 'half-dead': {
      const direction = oneOf(body, 'direction', ['in', 'out', 'both', 'none']);
      return done({ sockets: faults.halfDead({ ...target, ...(direction ? { direction } : {}) }) });
    }
    case 'delay':
      return done({ sockets: faults.delay({ ...target, ms: number(body, 'ms') ?? 0 }) });
    case 'duplicate':
      return done({ sockets: faults.duplicate({ ...target, ...times }) });
    case 'reorder':
      return done({ sockets: faults.reorder({ ...target, ...times }) });
    case 'refuse':
      if (!method) return wrong('method: which request to refuse');
      faults.refuse({ ...target, ...times, method, ...counted(body, 'code'), ...named(body, 'message') });
      return done();
    case 'withhold':
      if (!method) return wrong('method: which request not to answer');
      faults.withhold({ ...target, ...times, method });
      return done();
    case 'punt':
      return done({ sockets: faults.punt(target) });
    case 'restart':
      faults.restart();
      return done();
    case 'down':
      faults.setDown(body['down'] !== false);
      return done();
    case 'stop-media': {
      const until = oneOf(body, 'until', ['resumed', 'restarted', 'replaced']);
      faults.stopMedia({ ...callId, ...(until ? { until } : {}) });
      return done();
    }
    case 'resume-media':
      faults.resumeMedia(callId);
      return done();
    case 'attach': {
      const credentials = oneOf(body, 'credentials', ['same', 'renewed', 'new']);
      faults.attach({ ...(credentials ? { credentials } : {}), ...flag(body, 'first'), ...flag(body, 'skip') });
      return done();
    }
    case 'gateway-states': {
      const states: unknown = body['states'];
      if (!Array.isArray(states)) return wrong('states: a list of names');
      faults.gatewayStates(states.map(String));
      return done();
    }
    case 'lack':
      faults.lack(oneOf(body, 'what', ['codec', 'ice', 'certificate', 'path', 'full-ice']));
      return done();
    case 'detach-window':
      faults.setDetachMs(number(body, 'ms') ?? 0);
      return done();
    case 'garble':
      return done({ sockets: faults.garble({ ...target, text: text(body, 'text') ?? '{' }) });
    case 'hang-up': {
      const cause = text(body, 'cause') ?? 'NORMAL_CLEARING';
      if (!callId.callId || !isCauseName(cause)) return wrong('callId, and a cause that is known');
      return faults.hangUp({ callId: callId.callId, cause }) ? done() : missing;
    }
    case 'clear':
      faults.clear();
      return done();
    default:
      return missing;
  }
}

function named<K extends string>(body: Fields, key: K): Partial<Record<K, string>> {
  const value = text(body, key);
  const found: Partial<Record<K, string>> = {};
  if (value !== null) found[key] = value;
  return found;
}

function counted<K extends string>(body: Fields, key: K): Partial<Record<K, number>> {
  const value = number(body, key);
  const found: Partial<Record<K, number>> = {};
  if (value !== null) found[key] = value;
  return found;
}

function flag<K extends string>(body: Fields, key: K): Partial<Record<K, boolean>> {
  const value = body[key];
  const found: Partial<Record<K, boolean>> = {};
  if (typeof value === 'boolean') found[key] = value;
  return found;
}

function oneOf<T extends string>(body: Fields, key: string, allowed: readonly T[]): T | null {
  return allowed.find((value) => value === body[key]) ?? null;
}
