/** Pages of React and of Vue take over their server's markup without a word, with marks on it. */

import { build } from 'vite';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Granted, untilMarked } from './granted';

let granted: Granted;
let folder: string;
beforeAll(async () => {
  granted = await Granted.open();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-hydrate-'));
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
});
afterAll(async () => {
  await granted.close();
  await rm(folder, { recursive: true, force: true });
});

const NUMBERS = ['(415) 555-0101', '(415) 555-0102'];
/** Without them Vue complains of its bundler. */
const VUE_FLAGS = {
  __VUE_OPTIONS_API__: 'true',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
};
const MARKS = [...NUMBERS, ...NUMBERS];

/** What the server would send. */
async function serverOf(name: string, code: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, code);
  const { markup }: { markup: string } = await import(path);
  return markup;
}

/** Bundles a client that hydrates when told; with the frameworks' own development warnings. */
async function clientOf(name: string, code: string): Promise<string> {
  await writeFile(join(folder, `${name}.js`), code);
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"', ...VUE_FLAGS },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(folder, `${name}.js`), formats: ['iife'], name: 'client', fileName: name },
    },
  });
  const [output] = Array.isArray(built) ? built : [];
  return output?.output[0].code ?? '';
}

/** Marks the server's markup, hydrates it, presses the button; what the page said meanwhile. */
async function hydrated(markup: string, client: string): Promise<{ words: string[]; count: string | null }> {
  const page = await granted.page(`<!doctype html><div id="app">${markup}</div>`);
  const words: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) words.push(message.text());
  });
  page.on('pageerror', (error) => words.push(error.message));
  await untilMarked(page, MARKS);
  await page.addScriptTag({ content: client });
  await page.getByRole('button').click();
  await page.waitForFunction(() => document.querySelector('button')?.textContent === '1');
  await untilMarked(page, MARKS);
  return { words, count: await page.getByRole('button').textContent() };
}

it('lets a page of React hydrate without a word', async () => {
  const markup = await serverOf(
    'react-server',
    `import { createElement as h, Fragment } from 'react';
    import { renderToString } from 'react-dom/server';
    const rows = ${JSON.stringify(NUMBERS)}.map((number) => h('p', { key: number }, 'Call ', h('b', null, number), ' or ', number));
    export const markup = renderToString(h(Fragment, null, h('h1', null, 'Contacts'), rows, h('button', null, '0')));`,
  );
  const client = await clientOf(
    'react-client',
    `import { createElement as h, Fragment, useState } from 'react';
    import { hydrateRoot } from 'react-dom/client';
    function App() {
      const [count, setCount] = useState(0);
      const rows = ${JSON.stringify(NUMBERS)}.map((number) => h('p', { key: number }, 'Call ', h('b', null, number), ' or ', number));
      return h(Fragment, null, h('h1', null, 'Contacts'), rows, h('button', { onClick: () => setCount(count + 1) }, String(count)));
    }
    hydrateRoot(document.getElementById('app'), h(App), { onRecoverableError: (error) => console.error('mismatch', error) });`,
  );
  expect(await hydrated(markup, client)).toEqual({ words: [], count: '1' });
});

it('lets a page of Vue hydrate without a word', async () => {
  const markup = await serverOf(
    'vue-server',
    `import { createSSRApp, h } from 'vue';
    import { renderToString } from 'vue/server-renderer';
    const rows = ${JSON.stringify(NUMBERS)}.map((number) => h('p', ['Call ', h('b', number), ' or ', number]));
    export const markup = await renderToString(createSSRApp({ render: () => [h('h1', 'Contacts'), rows, h('button', '0')] }));`,
  );
  const client = await clientOf(
    'vue-client',
    `import { createSSRApp, h, ref } from 'vue';
    createSSRApp({ setup() {
      const count = ref(0);
      return () => [
        h('h1', 'Contacts'),
        ${JSON.stringify(NUMBERS)}.map((number) => h('p', ['Call ', h('b', number), ' or ', number])),
        h('button', { onClick: () => count.value++ }, String(count.value)),
      ];
    } }).mount('#app');`,
  );
  expect(await hydrated(markup, client)).toEqual({ words: [], count: '1' });
});
