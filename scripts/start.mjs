/** `npm start`: installs what is missing, builds, and opens the phone with a gateway and a page to click on. */

import { ensurePackages } from './install/packages.mjs';

try {
  await ensurePackages();
  const [{ ensureChromium }, { command }, { bin, root }] = await Promise.all([
    import('./install/chromium.mjs'),
    import('./install/command.mjs'),
    import('./install/tree.mjs'),
  ]);
  const chromium = await ensureChromium();
  console.log('building the extension …');
  const built = await command(process.execPath, [bin('wxt'), 'build'], { cwd: root });
  if (built.code !== 0) throw new Error(`the build failed:\n${built.output}`);
  const main = ['--import', 'tsx', 'scripts/start/main.ts', ...process.argv.slice(2)];
  const { code } = await command(process.execPath, main, {
    cwd: root,
    show: true,
    env: { HOLDFAST_CHROMIUM: chromium },
  });
  process.exitCode = code;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
