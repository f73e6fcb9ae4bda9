/** What a login token says of itself. The signature is the server's to check; here only its expiry is read. */

export interface Token {
  /** Epoch milliseconds; null where the token names no expiry. */
  readonly expiresAt: number | null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** null where the text is not a JSON Web Token (RFC 7519: three base64url parts, the second a JSON object). */
export function readToken(text: string): Token | null {
  const parts = text.split('.');
  const [, payload] = parts;
  if (parts.length !== 3 || payload === undefined) return null;
  const json = fromBase64Url(payload);
  if (json === null) return null;
  try {
    const claims: unknown = JSON.parse(json);
    if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return null;
    const expiry = 'exp' in claims ? claims.exp : undefined;
    return { expiresAt: typeof expiry === 'number' && Number.isFinite(expiry) ? expiry * 1000 : null };
  } catch {
    return null;
  }
}

/** RFC 4648 section 5, with or without padding; the plain alphabet is taken too. UTF-8 comes out as text. */
function fromBase64Url(text: string): string | null {
  const clean = text.replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_');
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of clean) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
