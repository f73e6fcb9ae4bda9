/** A TURN server on this computer that can be killed and made anew at the same place. */

import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { until } from '../../scripts/stage/until';

const NAME = 'faults';
/** A Binding request without attributes (RFC 8489, section 5). */
const BINDING_REQUEST = Buffer.from('000100002112a442000000000000000000000000', 'hex');
/** Somebody else may take a port between the look and the bind; one that is not answered in this time is given up. */
const ATTEMPTS = 3;
const ANSWER_MS = 10_000;

export class TurnServer {
  readonly port: number;
  #process: ChildProcess | null = null;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<TurnServer> {
    for (let attempt = 1; ; attempt += 1) {
      const probe = createSocket('udp4').bind(0, '127.0.0.1');
      await once(probe, 'listening');
      const { port } = probe.address();
      probe.close();
      const server = new TurnServer(port);
      try {
        await server.spawn();
        return server;
      } catch (thrown) {
        await server.kill();
        if (attempt === ATTEMPTS) throw thrown;
      }
    }
  }

  get iceServers(): readonly { readonly urls: string; readonly username: string; readonly credential: string }[] {
    return [{ urls: `turn:127.0.0.1:${this.port}?transport=udp`, username: NAME, credential: NAME }];
  }

  /** Resolves when it answers. */
  async spawn(): Promise<void> {
    this.#process = spawn(
      'turnserver',
      [
        ...['-n', `--listening-port=${this.port}`, '--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1'],
        ...['--lt-cred-mech', `--user=${NAME}:${NAME}`, '--realm=faults', '--no-tls', '--no-dtls', '--no-cli'],
        ...['--allow-loopback-peers', '--log-file=stdout', '--pidfile=/dev/null'],
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const { stdout } = this.#process;
    if (!stdout) throw new Error('turnserver has no output');
    stdout.resume();
    const asker = createSocket('udp4');
    let answered = false;
    asker.on('message', () => (answered = true));
    const ask = (): boolean => {
      if (!answered) asker.send(BINDING_REQUEST, this.port, '127.0.0.1');
      return answered;
    };
    await until(`turnserver answers at ${this.port}`, ask, ANSWER_MS).finally(() => asker.close());
  }

  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (!running || running.exitCode !== null) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
}
