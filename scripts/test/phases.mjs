/** Everything `npm test` does, in order: what is cheap and tells most comes first. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../install/chromium.mjs';
import { ensureCoturn } from '../install/coturn.mjs';
import { ensureFirefox } from '../install/firefox.mjs';
import { ensurePulseAudio } from '../install/pulseaudio.mjs';
import { bin, root } from '../install/tree.mjs';
import { check, tool } from './tool.mjs';
import { vitest } from './vitest.mjs';
import { forgetPackages, packagesAreReproducible } from './zip.mjs';

const warned = (output) => (/\bwarn(ing)?\b|\(!\)/i.test(output) ? 'the build warns' : null);

export const phases = {
  types: async () => {
    await Promise.all([
      tool('types of TypeScript', bin('typescript', 'tsc'), ['-p', '.']),
      tool('types of Svelte', bin('svelte-check'), [
        '--tsconfig',
        './tsconfig.json',
        '--output',
        'human',
        '--fail-on-warnings',
      ]),
    ]);
  },
  lint: async () => {
    await Promise.all([
      tool('house rules (ESLint)', bin('eslint'), ['.', '--max-warnings', '0']),
      tool('layout (Prettier)', bin('prettier'), ['--check', '.']),
    ]);
  },
  unit: () => vitest('unit', 'unit'),
  gateway: () => vitest('gateway', 'gateway'),
  build: async () => {
    forgetPackages();
    await tool('package for Chromium', bin('wxt'), ['zip'], warned);
    await tool('package for Firefox', bin('wxt'), ['zip', '-b', 'firefox'], warned);
    const folder = join(root, '.output/firefox-mv2');
    await tool("Mozilla's linter", bin('web-ext'), [
      'lint',
      '--source-dir',
      folder,
      '--warnings-as-errors',
      '--boring',
    ]);
    await check('packages are the same byte for byte when built again', packagesAreReproducible);
  },
  alone: () => inBrowser('alone', 'browser-alone'),
  e2e: () => inBrowser('e2e', 'browser'),
};

async function inBrowser(name, project) {
  const chromium = await ensureChromium();
  const firefox = await ensureFirefox();
  await ensureCoturn();
  await ensurePulseAudio();
  if (!existsSync(join(root, '.output/chrome-mv3/manifest.json')))
    await tool('build for Chromium', bin('wxt'), ['build'], warned);
  await vitest(name, project, {
    env: { HOLDFAST_CHROMIUM: chromium, ...(firefox && { HOLDFAST_FIREFOX: firefox }) },
  });
}
