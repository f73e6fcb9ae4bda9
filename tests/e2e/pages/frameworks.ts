/** Pages of three frameworks as their servers send them, and the scripts that take them over: with marks on them, in silence. */

import { build, type InlineConfig } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Hydration {
  /** What the server sends, to be put into `#app`. */
  readonly markup: string;
  /** Takes over `#app` as soon as it runs; its button counts its presses. */
  readonly client: string;
}

export const NUMBERS = ['(415) 555-0101', '(415) 555-0102'] as const;
/** Each number stands in its paragraph twice. */
export const MARKS = [...NUMBERS, ...NUMBERS];

/** Without them Vue complains of its bundler. */
const VUE_FLAGS = {
  __VUE_OPTIONS_API__: 'true',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
};

export const frameworks = {
  React: {
    server: `import { createElement as h, Fragment } from 'react';
      import { renderToString } from 'react-dom/server';
      const rows = ${JSON.stringify(NUMBERS)}.map((number) => h('p', { key: number }, 'Call ', h('b', null, number), ' or ', number));
      export const markup = renderToString(h(Fragment, null, h('h1', null, 'Contacts'), rows, h('button', null, '0')));`,
    client: `import { createElement as h, Fragment, useState } from 'react';
      import { hydrateRoot } from 'react-dom/client';
      function App() {
        const [count, setCount] = useState(0);
        const rows = ${JSON.stringify(NUMBERS)}.map((number) => h('p', { key: number }, 'Call ', h('b', null, number), ' or ', number));
        return h(Fragment, null, h('h1', null, 'Contacts'), rows, h('button', { onClick: () => setCount(count + 1) }, String(count)));
      }
      hydrateRoot(document.getElementById('app'), h(App), { onRecoverableError: (error) => console.error('mismatch', error) });`,
  },
  Vue: {
    server: `import { createSSRApp, h } from 'vue';
      import { renderToString } from 'vue/server-renderer';
      const rows = ${JSON.stringify(NUMBERS)}.map((number) => h('p', ['Call ', h('b', number), ' or ', number]));
      export const markup = await renderToString(createSSRApp({ render: () => [h('h1', 'Contacts'), rows, h('button', '0')] }));`,
    client: `import { createSSRApp, h, ref } from 'vue';
      createSSRApp({ setup() {
        const count = ref(0);
        return () => [
          h('h1', 'Contacts'),
          ${JSON.stringify(NUMBERS)}.map((number) => h('p', ['Call ', h('b', number), ' or ', number])),
          h('button', { onClick: () => count.value++ }, String(count.value)),
        ];
      } }).mount('#app');`,
  },
  Svelte: {
    server: `import { render } from 'svelte/server';
      import App from './App.svelte';
      export const markup = render(App).body;`,
    client: `import { hydrate } from 'svelte';
      import App from './App.svelte';
      hydrate(App, { target: document.getElementById('app') });`,
  },
} as const;
export type Framework = keyof typeof frameworks;

const SVELTE_APP = `<script>let count = $state(0);</script>
<h1>Contacts</h1>{#each ${JSON.stringify(NUMBERS)} as number}<p>Call <b>{number}</b> or {number}</p>{/each}
<button onclick={() => count++}>{count}</button>`;

/** Bundles all of them, with the frameworks' own development warnings. */
export async function buildHydrations(): Promise<{ readonly [F in Framework]: Hydration }> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-hydrate-'));
  try {
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'App.svelte'), SVELTE_APP);
    const make = async (name: Framework): Promise<Hydration> => ({
      markup: await served(folder, name),
      client: await bundled(folder, `${name}-client`, frameworks[name].client),
    });
    return { React: await make('React'), Vue: await make('Vue'), Svelte: await make('Svelte') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function served(folder: string, name: Framework): Promise<string> {
  const path = join(folder, `${name}-server.mjs`);
  const { server } = frameworks[name];
  if (name === 'Svelte') {
    await writeFile(join(folder, 'server.js'), server);
    await build({ ...common(folder), ssr: { noExternal: true }, build: { ssr: join(folder, 'server.js'), outDir: folder, emptyOutDir: false, rollupOptions: { output: { entryFileNames: `${name}-server.mjs` } } } }); // prettier-ignore
  } else await writeFile(path, server);
  const { markup }: { markup: string } = await import(path);
  return markup;
}

async function bundled(folder: string, name: string, code: string): Promise<string> {
  const entry = join(folder, `${name}.js`);
  await writeFile(entry, code);
  const built = await build({
    ...common(folder),
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"', ...VUE_FLAGS },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'client', fileName: name } },
  });
  const [output] = Array.isArray(built) ? built : [];
  return output?.output[0].code ?? '';
}

function common(root: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [svelte({ configFile: false, compilerOptions: { dev: true } })],
  };
}
