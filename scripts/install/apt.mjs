/** Debian's packages, where there is apt and the right to use it without asking for a password. */

import { answers, command } from './command.mjs';

let refreshed = false;

/** The words before `apt-get` here; null where it may not be used. */
async function right() {
  if (process.platform !== 'linux' || !(await answers('apt-get'))) return null;
  if (process.getuid?.() === 0) return [];
  return (await answers('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : null;
}

export async function mayUseApt() {
  return (await right()) !== null;
}

/** Resolves to whether all of them are installed now. */
export async function aptInstall(...packages) {
  const before = await right();
  if (!before) return false;
  const apt = (...args) => {
    const [program, ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return command(program, rest, { limitMs: 600_000 });
  };
  console.log(`installing ${packages.join(', ')} (apt-get) …`);
  if (!refreshed) refreshed = (await apt('update', '-qq')).code === 0;
  const { code, output } = await apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  if (code !== 0)
    console.log(`apt-get could not install ${packages.join(', ')}:\n${output.trim().split('\n').slice(-5).join('\n')}`);
  return code === 0;
}
