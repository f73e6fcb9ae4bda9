/** A TURN server on this computer that can be killed and made anew at the same place. */

import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const NAME = 'faults';

export class TurnServer {
  readonly port: number;
  #process: ChildProcess | null = null;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<TurnServer> {
    const probe = createSocket('udp4').bind(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address();
    probe.close();
    const server = new TurnServer(port);
    await server.spawn();
    return server;
  }

  get iceServers(): readonly { readonly urls: string; readonly username: string; readonly credential: string }[] {
    return [{ urls: `turn:127.0.0.1:${this.port}?transport=udp`, username: NAME, credential: NAME }];
  }

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
    // It says what it listens on before it does anything.
    await once(stdout, 'data');
    stdout.resume();
  }

  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (!running || running.exitCode !== null) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
}
