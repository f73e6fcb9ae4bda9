/** The address of the signalling server, from the options (reference, section 1.1; the seed's words for rtcIp and rtcPort). */

import type { ServerOptions } from './line-options';

/** What is known from earlier connections and changes the address. */
export interface Routing {
  /** The stored `voice_sdk_id`, or null. */
  readonly sticky: string | null;
  /** Has this line been connected before? The first canary connection goes without a token. */
  readonly firstConnection: boolean;
  /** Told to go to another node, since the gateway behind the last one failed. */
  readonly skipLast: boolean;
}

const ICE_URL = /^(?:stuns?:[^\s?/]+|turns?:[^\s?/]+(?:\?transport=(?:udp|tcp))?)$/i;

export function serverUrl(server: ServerOptions, routing: Routing): string {
  const { ip, port, hints, canary } = server;
  const url = new URL(ownServer(server) ?? telnyxServer(server));
  if (hints && ip !== null && port !== null) {
    url.searchParams.set('rtc_ip', ip);
    url.searchParams.set('rtc_port', String(port));
    return url.href;
  }
  const sticky = canary && routing.firstConnection ? null : routing.sticky;
  if (sticky !== null) url.searchParams.set('voice_sdk_id', sticky);
  if (canary) url.searchParams.set('canary', 'true');
  if (sticky !== null && (server.skipLastVoiceSdkId || routing.skipLast))
    url.searchParams.set('skip_last_voice_sdk_id', 'true');
  return url.href;
}

/** The servers that `rtcIp` and `rtcPort` lead to instead of Telnyx's; null where they do not. */
function ownServer({ ip, port, hints }: ServerOptions): string | null {
  if (ip === null || hints) return null;
  const scheme = /^wss?:\/\//i.exec(ip)?.[0];
  const host = bracketed(scheme ? ip.slice(scheme.length) : ip);
  return `${scheme ?? (isLoopback(host) ? 'ws://' : 'wss://')}${host}${port === null ? '' : `:${port}`}`;
}

function telnyxServer({ env, region, port, ip, hints }: ServerOptions): string {
  const name = env === 'development' ? 'rtcdev' : 'rtc';
  const own = port !== null && ip === null && !hints ? `:${port}` : '';
  return `wss://${region === null ? '' : `${region}.`}${name}.telnyx.com${own}`;
}

/** This computer itself, where an unencrypted socket is nobody else's to hear. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

export function isIceUrl(url: string): boolean {
  return ICE_URL.test(url);
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
