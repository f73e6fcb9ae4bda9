/** The gateway's two dialects, and a browser's one line in either: for the plays that make sense in both. */

import type { Gateway } from '../../../gateway/gateway';
import { gatewayStorage } from '../../../lib/extension/preset';
import { until } from '../../../scripts/stage/until';
import type { Actor } from './actor';

export const DIALECTS = ['telnyx', 'verto'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** Of the plays that name none: Telnyx's, unless `npm run faults -- --part plays --dialect verto` says otherwise. */
export const PLAYED: DialectName = process.env['HOLDFAST_DIALECT'] === 'verto' ? 'verto' : 'telnyx';

/** What storage holds for that account of the gateway's, in that dialect. */
export function storageIn(
  dialect: DialectName,
  port: number,
  account: { readonly user: string; readonly password: string },
) {
  const { lines, secrets } = gatewayStorage(port, account.user, account.password);
  if (dialect === 'telnyx') return { lines, secrets };
  const verto = { url: `ws://127.0.0.1:${String(port)}/verto`, domain: '127.0.0.1' };
  const id = `verto-${account.user}`;
  return {
    lines: lines.map((line) => ({ ...line, id, kind: dialect, verto, options: {} })),
    secrets: Object.fromEntries(Object.values(secrets).map((secret) => [id, secret])),
  };
}

/** The browser's only line is of that dialect, and ready; the background knows it too, so that a page's numbers call at once. */
export async function signsIn(
  actor: Actor,
  { gateway }: { readonly gateway: Gateway },
  dialect: DialectName,
): Promise<void> {
  await actor.stage.store(storageIn(dialect, gateway.port, actor.account));
  await until(`${actor.account.user} is ready over ${dialect}`, async () => {
    const told = [await actor.snapshot(), await actor.kept()];
    return told.every(
      (snapshot) =>
        snapshot?.lines.length === 1 &&
        snapshot.lines[0]?.kind === dialect &&
        snapshot.lines[0].session.phase === 'ready',
    );
  });
}
