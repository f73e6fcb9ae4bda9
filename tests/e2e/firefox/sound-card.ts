/** A sound card that nobody hears: PulseAudio with a sink that throws away what is played, for one test and no longer. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { patiently } from './patience';

export class SoundCard {
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, process: ChildProcess) {
    this.#folder = folder;
    this.#process = process;
  }

  /** Null where this machine has no PulseAudio. */
  static async start(): Promise<SoundCard | null> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-sound-'));
    const socket = join(folder, 'native');
    const process = spawn(
      'pulseaudio',
      [
        ...['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--high-priority=no', '--realtime=no'],
        ...['-L', 'module-null-sink', '-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`],
      ],
      { stdio: 'ignore', env: { ...globalThis.process.env, HOME: folder, XDG_RUNTIME_DIR: folder } },
    );
    const started = await once(process, 'spawn').catch(() => null);
    if (started === null) {
      await rm(folder, { recursive: true });
      return null;
    }
    const card = new SoundCard(folder, process);
    try {
      await patiently('the sound card is there', () => opens(socket));
      return card;
    } catch (error) {
      await card.close();
      throw error;
    }
  }

  /** Where programs find it, as PULSE_SERVER wants it. */
  get server(): string {
    return `unix:${join(this.#folder, 'native')}`;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGKILL');
      await once(this.#process, 'exit');
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function opens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
