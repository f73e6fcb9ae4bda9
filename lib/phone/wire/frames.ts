/** Text to frame and back. What cannot be read becomes a `malformed` frame that says why; nothing here throws. */

import type { Json } from '../model/json';

export type RpcId = string | number;

export type Frame =
  | {
      readonly kind: 'request';
      readonly id: RpcId | null;
      readonly method: string;
      readonly params: unknown;
      readonly raw: Members;
    }
  | { readonly kind: 'result'; readonly id: RpcId; readonly result: unknown; readonly raw: Members }
  | {
      readonly kind: 'error';
      readonly id: RpcId | null;
      readonly code: number | null;
      readonly message: string;
      readonly raw: Members;
    }
  /** `#SPU 12` and the like: the speed test of mod_verto. */
  | { readonly kind: 'speed'; readonly text: string }
  | { readonly kind: 'malformed'; readonly why: string };

export type Members = { readonly [key: string]: unknown };

/** mod_verto's own limit for one frame is a million bytes; a server that sends more is not one of ours. */
const LONGEST_FRAME = 2_000_000;
const DEEPEST_RESULT = 3;

export function parseFrame(text: string): Frame {
  if (text.length > LONGEST_FRAME) return { kind: 'malformed', why: 'too long' };
  if (text.startsWith('#SP')) return { kind: 'speed', text };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { kind: 'malformed', why: 'not JSON' };
  }
  return readFrame(raw);
}

/** One parsed frame, checked. A JSON array (mod_verto's batch) is for the caller to unfold: {@link parseFrames}. */
function readFrame(raw: unknown): Frame {
  if (!isMembers(raw)) return { kind: 'malformed', why: 'not an object' };
  const id = typeof raw['id'] === 'string' || typeof raw['id'] === 'number' ? raw['id'] : null;
  const method = raw['method'];
  if (typeof method === 'string') return { kind: 'request', id, method, params: raw['params'], raw };
  if (raw['error'] !== undefined && raw['error'] !== null) return readError(id, raw);
  if (raw['result'] !== undefined) {
    if (id === null) return { kind: 'malformed', why: 'a result without an id' };
    return readResult(id, raw);
  }
  return { kind: 'malformed', why: 'neither request nor reply' };
}

/** Every frame in one text: one, or each of a batch. */
export function parseFrames(text: string): readonly Frame[] {
  if (!text.startsWith('[')) return [parseFrame(text)];
  try {
    const batch: unknown = JSON.parse(text);
    return Array.isArray(batch) ? batch.map(readFrame) : [];
  } catch {
    return [{ kind: 'malformed', why: 'not JSON' }];
  }
}

export interface RequestFrame {
  readonly id: string | null;
  readonly method: string;
  readonly params: { readonly [key: string]: Json | undefined };
  /** Members beside `params`, for instance `voice_sdk_id`. */
  readonly beside?: { readonly [key: string]: Json | undefined };
}

export function requestText({ id, method, params, beside }: RequestFrame): string {
  return JSON.stringify({ jsonrpc: '2.0', ...(id === null ? {} : { id }), method, ...beside, params });
}

/** The reply to a request of the server's: its id unchanged, its method repeated (reference, section 1.3). */
export function ackText(id: RpcId, method: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result: { method } });
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readError(id: RpcId | null, raw: Members): Frame {
  const error = raw['error'];
  const code = isMembers(error) && typeof error['code'] === 'number' ? error['code'] : null;
  const message = isMembers(error) && typeof error['message'] === 'string' ? error['message'] : '';
  return { kind: 'error', id, code, message, raw };
}

/** Older gateways nest the result, and refuse with a `code` inside it that is not "200" (reference, section 1.3). */
function readResult(id: RpcId, raw: Members): Frame {
  let result = raw['result'];
  for (let depth = 0; depth < DEEPEST_RESULT && isMembers(result) && result['result'] !== undefined; depth += 1) {
    const code = result['code'];
    if (code !== undefined && code !== '200' && code !== 200) {
      const message = typeof result['message'] === 'string' ? result['message'] : '';
      return { kind: 'error', id, code: Number.isFinite(Number(code)) ? Number(code) : null, message, raw };
    }
    result = result['result'];
  }
  return { kind: 'result', id, result, raw };
}
