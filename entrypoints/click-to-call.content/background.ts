/** Requests to the background: the wire of lib/extension/rpc, without its weight, since every granted page carries this. */

import { browser } from 'wxt/browser';
import type { PageApi } from '../../lib/extension/contract';

/** Rejects where the background refuses, or is gone. */
export async function ask<M extends 'confirm' | 'words' | 'loadCard'>(
  call: M,
  ...args: Parameters<PageApi[M]>
): Promise<ReturnType<PageApi[M]>> {
  const reply: { ok: ReturnType<PageApi[M]> } | { failed: unknown } = await browser.runtime.sendMessage({
    to: 'page',
    call,
    args,
  });
  if ('ok' in reply) return reply.ok;
  throw new Error(call);
}
