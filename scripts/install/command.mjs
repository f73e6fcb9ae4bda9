/** Runs a program and tells how it went; never throws for a program that fails or is not there. */

import { spawn } from 'node:child_process';

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ show?: boolean, cwd?: string, env?: Record<string, string>, limitMs?: number }} [how] `show` lets its output
 *   through as it comes; `limitMs` ends it with its children.
 * @returns {Promise<{ code: number, output: string }>} code 127 where the program could not start, 124 where time was up
 */
export function command(program, args, { show = false, cwd, env = {}, limitMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const chunks = [];
    const end = (signal) => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
      } catch {
        // It ended by itself in the meantime.
      }
    };
    const passOn = (signal) => {
      end(signal);
      process.exit(130);
    };
    let late = false;
    const limit = limitMs === undefined ? undefined : setTimeout(() => ((late = true), end('SIGKILL')), limitMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk);
        if (show) process.stdout.write(chunk);
      });
    }
    const settle = (code) => {
      clearTimeout(limit);
      process.off('SIGINT', passOn).off('SIGTERM', passOn);
      resolve({ code: late ? 124 : code, output: Buffer.concat(chunks).toString('utf8') });
    };
    process.on('SIGINT', passOn).on('SIGTERM', passOn);
    child.once('error', () => settle(127));
    child.once('close', (code) => settle(code ?? 1));
  });
}

/** Whether a program starts and is content with being asked for its version. */
export async function answers(program, args = ['--version']) {
  return (await command(program, args, { limitMs: 20_000 })).code === 0;
}
