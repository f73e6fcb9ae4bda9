/** What docs/ARCHITECTURE.md promises about the code, held against the code. */

import { describe, expect, it } from 'vitest';
import { cycles } from './architecture/cycles';
import { importsOf } from './architecture/imports';
import { breaches, readTable } from './architecture/layers';
import { platformUses } from './architecture/platform';
import { readSource, sources } from './architecture/sources';
import type { Source } from './architecture/sources';
import { codeHeadings, keysOf, membersOf } from './architecture/words';

const rows = readTable(readSource('docs/ARCHITECTURE.md').text);
const files = sources();
const imports = importsAmong(files);

const PLATFORM = new Set(
  'window document navigator chrome browser fetch crypto performance localStorage WebSocket RTCPeerConnection AudioContext Audio MediaStream setTimeout setInterval clearTimeout clearInterval queueMicrotask Date'.split(
    ' ',
  ),
);

function importsAmong(all: readonly Source[]): ReturnType<typeof importsOf> {
  const known = new Set(all.map(({ path }) => path));
  return all.flatMap((source) => importsOf(source, known));
}

describe('the layers of docs/ARCHITECTURE.md', () => {
  it('are kept by every import', () => {
    expect(breaches(rows, imports).map(({ at, says }) => `${at} ${says}`)).toEqual([]);
  });

  it('have no import cycle, type-only ones included', () => {
    expect(cycles(imports)).toEqual([]);
  });

  it('let only the offscreen entrypoint reach the adapters of the browser', () => {
    const importers = imports
      .filter(
        ({ from, to }) =>
          to?.startsWith('lib/phone/web/') && !from.startsWith('lib/phone/web/') && !from.startsWith('tests/'),
      )
      .map(({ from }) => from);
    expect([...new Set(importers)]).toEqual(['entrypoints/offscreen/main.ts']);
  });

  it('keep the names of a browser out of the client library', () => {
    const library = files.filter(({ path }) => path.startsWith('lib/phone/') && !path.startsWith('lib/phone/web/'));
    expect(library.flatMap((source) => platformUses(source, PLATFORM))).toEqual([]);
  });

  it('keep the extension and the browser out of the components', () => {
    const components = files.filter(({ path }) => path.startsWith('components/'));
    expect(components.flatMap((source) => platformUses(source, new Set(['browser', 'chrome', 'fetch'])))).toEqual([]);
  });
});

describe('the documents', () => {
  it('explain every reason a phone can give, and no other', () => {
    const reasons = membersOf(readSource('lib/phone/model/errors.ts'), 'Reason');
    expect(reasons.length).toBeGreaterThan(0);
    expect(codeHeadings(readSource('docs/ERRORS.md').text).sort()).toEqual(reasons.sort());
  });

  it('explain every client option, and what only a call has, and no other', () => {
    const options = keysOf(readSource('lib/phone/options.ts'), 'ClientOptions');
    const ofCall = keysOf(readSource('lib/phone/client-call-options.ts'), 'NewCallOptions');
    const [client = '', call = ''] = readSource('docs/OPTIONS.md').text.split('\n## Of one call\n');
    expect(options.length).toBeGreaterThan(0);
    expect(codeHeadings(client).sort()).toEqual(options.sort());
    expect(codeHeadings(call).sort()).toEqual(ofCall.filter((option) => !options.includes(option)).sort());
    for (const shared of ofCall.filter((option) => options.includes(option))) expect(call).toContain(`\`${shared}\``);
  });

  it('say of each option what it takes, its default, what it does, with what, and how to see it', () => {
    for (const section of readSource('docs/OPTIONS.md').text.split(/^### /m).slice(1))
      expect([...section.matchAll(/(?:^- |\. )\*\*(\w[\w ]*):\*\*/gm)].map(([, what]) => what)).toEqual([
        'Takes',
        'Default',
        'Does',
        'Together',
        'See it',
      ]);
  });

  it('promise a test in a browser for each client option, and there is one', () => {
    const plays = files.filter(({ path }) => path.startsWith('tests/e2e/options/')).map(({ text }) => text);
    const options = keysOf(readSource('lib/phone/options.ts'), 'ClientOptions');
    expect(options.filter((option) => !plays.some((text) => new RegExp(`\\b${option}\\b`).test(text)))).toEqual([]);
  });

  it('name no test in RELIABILITY.md that is not there', () => {
    const named = [...readSource('docs/RELIABILITY.md').text.matchAll(/`((?:unit|scenarios|e2e|gateway)\/[\w/-]+)`/g)];
    const paths = new Set(files.map(({ path }) => path));
    const there = (name: string): boolean =>
      paths.has(`tests/${name}.test.ts`) || [...paths].some((path) => path.startsWith(`tests/${name}/`));
    expect(named.length).toBeGreaterThan(20);
    expect(named.flatMap(([, name = '']) => (there(name) ? [] : [name]))).toEqual([]);
  });

  it('give a reason for every package in package.json', () => {
    const manifest: unknown = JSON.parse(readSource('package.json').text);
    expect(manifest).toMatchObject({ dependencies: expect.any(Object), devDependencies: expect.any(Object) });
    const { dependencies, devDependencies } = manifest as Record<'dependencies' | 'devDependencies', object>;
    const explained = [...readSource('docs/DEPENDENCIES.md').text.matchAll(/^\| `([^`]+)` *\|/gm)].map(
      ([, name]) => name,
    );
    expect(explained.sort()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].sort());
  });
});

describe('the bugs that docs/PROTOCOL.md keeps out', () => {
  const [, table = ''] = /<!-- bugs -->([^]*?)<!-- \/bugs -->/.exec(readSource('docs/PROTOCOL.md').text) ?? [];
  const named = [...table.matchAll(/`([\w-]+\.test\.ts)` “([^”]+)”/g)].map(([, file = '', test = '']) => ({
    file,
    test,
  }));

  it('each have a test of that name', () => {
    expect(named.length).toBeGreaterThan(30);
    const tests = files.filter(({ path }) => path.endsWith('.test.ts'));
    const missing = named.filter(
      ({ file, test }) => !tests.some(({ path, text }) => path.endsWith(`/${file}`) && text.includes(`'${test}'`)),
    );
    expect(missing).toEqual([]);
    const rows = table
      .split('\n')
      .filter((row) => row.startsWith('| '))
      .slice(2);
    expect(rows.filter((row) => !/`[\w-]+\.test\.ts` “/.test(row))).toEqual([]);
  });
});

describe('the check itself', () => {
  const judge = (...written: Source[]): string[] => breaches(rows, importsAmong(written)).map(({ at }) => at);

  it('sees an import that the table forbids, with its line', () => {
    const model = { path: 'lib/phone/model/a.ts', text: "\nimport type { X } from '../wire/frames';" };
    expect(judge(model)).toEqual(['lib/phone/model/a.ts:2']);
  });

  it('tells a type from a value', () => {
    const value = { path: 'lib/extension/a.ts', text: "import { Phone } from '../phone/phone';" };
    const type = { path: 'lib/extension/b.ts', text: "import type { Phone } from '../phone/phone';" };
    expect(judge(value, type)).toEqual(['lib/extension/a.ts:1']);
  });

  it('reads Svelte, dynamic imports, re-exports and types by import()', () => {
    const svelte = {
      path: 'components/A.svelte',
      text: '<p>hi</p>\n<script lang="ts">\nimport x from \'../entrypoints/popup/x\';\n</script>',
    };
    const dynamic = { path: 'gateway/a.ts', text: "void import('../lib/phone/phone');" };
    const again = { path: 'gateway/b.ts', text: "export { x } from '../lib/phone/phone';" };
    const typed = { path: 'gateway/c.ts', text: "\nexport type X = import('../lib/phone/phone').X;" };
    expect(judge(svelte, dynamic, again, typed)).toEqual([
      'components/A.svelte:3',
      'gateway/a.ts:1',
      'gateway/b.ts:1',
      'gateway/c.ts:2',
    ]);
  });

  it('keeps entrypoints and dialects apart, and heavy packages away from pages', () => {
    const popup = { path: 'entrypoints/popup/a.ts', text: "import '../options/b';" };
    const telnyx = { path: 'lib/phone/dialects/telnyx.ts', text: "import '../dialects/verto';" };
    const page = { path: 'lib/numbers/candidates.ts', text: "import 'libphonenumber-js';" };
    const engine = { path: 'entrypoints/popup/c.ts', text: "import '../../lib/phone/web/socket';" };
    expect(judge(popup, telnyx, page, engine)).toHaveLength(4);
  });

  it('finds a cycle of types', () => {
    const a = { path: 'lib/phone/a.ts', text: "import type { B } from './b';" };
    const b = { path: 'lib/phone/b.ts', text: "\nimport type { A } from './a';" };
    expect(cycles(importsAmong([a, b]))).toEqual(['lib/phone/a.ts:1 → lib/phone/b.ts:2 → lib/phone/a.ts']);
  });

  it('knows a global from a member and from a variable of the same name', () => {
    const text = 'const t = setTimeout;\nports.navigator;\nfunction f(document: string) { return document; }';
    expect(platformUses({ path: 'a.ts', text }, PLATFORM)).toEqual(['a.ts:1 setTimeout']);
  });
});
