/** The command line: `npm run gateway -- [--port N] [--host ADDRESS] [--dialect verto] [--json]`. */

import { parseArgs } from 'node:util';
import { bots } from './bots/index';
import { startGateway } from './gateway';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8081' },
    host: { type: 'string', default: '127.0.0.1' },
    dialect: { type: 'string', default: 'telnyx' },
    json: { type: 'boolean', default: false },
  },
});

const gateway = await startGateway({
  port: Number(values.port),
  host: values.host,
  dialect: values.dialect === 'verto' ? 'verto' : 'telnyx',
});

if (values.json) {
  const numbers = bots.map(({ number, e164, name, does }) => ({ number, e164, name, does }));
  console.log(
    JSON.stringify({ url: gateway.url, controlUrl: gateway.controlUrl, accounts: gateway.accounts, numbers }),
  );
} else {
  console.log(`\nThe gateway listens at ${gateway.url}\n\nSign in as`);
  for (const { user, password, extension, number } of gateway.accounts) {
    console.log(`  ${user.padEnd(8)} password ${password.padEnd(16)} others dial ${extension} or ${number}`);
  }
  console.log('\nDial');
  for (const { number, e164, does } of bots) console.log(`  ${number.padStart(3)}  ${e164}  ${does}`);
  console.log(`\nWatch and break things at ${gateway.controlUrl}/state (see gateway/README.md). Ctrl+C stops it.\n`);
}

const stop = (): void => void gateway.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
