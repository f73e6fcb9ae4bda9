/** A secure server whose certificate it signed itself: no browser goes on to what is behind it. */

import { once } from 'node:events';
import { createServer } from 'node:https';
import { CipherContext, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from 'werift';

export interface Untrusted {
  readonly port: number;
  /** How often somebody began to shake hands. */
  greeted(): number;
  close(): Promise<void>;
}

export async function openUntrusted(): Promise<Untrusted> {
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  const server = createServer({ cert: certPem, key: keyPem });
  let greetings = 0;
  server.on('connection', () => (greetings += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    greeted: () => greetings,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
