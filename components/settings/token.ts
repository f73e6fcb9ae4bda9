/** Reads when a login token ends, so that a broken or expired one is told before it is sent; pure. */

export type TokenReading =
  | { readonly state: 'malformed' }
  | { readonly state: 'expired'; readonly at: number }
  | { readonly state: 'valid'; readonly until: number | null };

/** `now` and the answer are epoch milliseconds. Only `exp` (RFC 7519, 4.1.4) is read; the signature is the server's business. */
export function readToken(token: string, now: number): TokenReading {
  const parts = token.trim().split('.');
  const body = parts[1];
  if (parts.length !== 3 || body === undefined || parts.some((part) => !/^[\w-]+$/u.test(part)))
    return { state: 'malformed' };
  const claims = decode(body);
  if (claims === null) return { state: 'malformed' };
  const exp = 'exp' in claims ? claims.exp : undefined;
  if (exp === undefined) return { state: 'valid', until: null };
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return { state: 'malformed' };
  const at = exp * 1000;
  return at <= now ? { state: 'expired', at } : { state: 'valid', until: at };
}

function decode(base64url: string): object | null {
  try {
    const bytes = Uint8Array.from(atob(base64url.replace(/-/gu, '+').replace(/_/gu, '/')), (char) =>
      char.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? claims : null;
  } catch {
    return null;
  }
}
