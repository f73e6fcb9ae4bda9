/** The manifest for each browser, and the choice of each browser's sibling files. */

// Its type adds the `svelte` key below.
import type {} from '@wxt-dev/module-svelte';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig, type Entrypoint, type UserManifest } from 'wxt';
import { ADDON } from './lib/extension/addon';

/** Public half of a throw-away key: it only pins the id of unpacked builds (the private half was never kept). */
const UNPACKED_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0dVzlGyltgEJaNx7mf5o8Js4ZHIyzlV1nH3sn6CQHHZwiU2kVJ3IMwC29DSyOfh9RSoUtw+wWH34/vbS3ndTXYkhUVAky6+9rkkVB7vxEKRe52TPaiK21ipp5DcQ2OO24sF+GwP/ov1YkJeGsaauzuomK6bHn1jAsoZbj5uXONb/CVRc5O+SzJjLWk3AKv11tN2lwqUs2qgxxJ1ZVgczUSVWIg5uXq0VO9zggpCF91jM5wO9mF0R0qn3tDQIGdoFQ0TDwgF4q2pLwb7qm5Xhf+TXbWTvLx9XGvVhF7oV57YzGgiLobZpW0hXH6lvEv0LVlp1BtvwMbigFyWxRgnT8QIDAQAB';

/** Modules with a sibling `<name>.firefox.ts`; each build holds exactly one of the two. */
const SIBLINGS = ['lib', 'components', 'entrypoints']
  .flatMap((folder) => readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' }))
  .flatMap((path) => /([^/\\]+)\.firefox\.ts$/.exec(path)?.[1] ?? []);

/** The page that lends Firefox's engine the microphone, and the one that Firefox brings `tel:` links to. */
const FIREFOX_ONLY = ['call-window', 'tel-link'];

/** Sockets are encrypted, except to this very machine. Inline style attributes are for what is measured at run time. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' data: blob: https:",
  "connect-src 'self' data: https: wss: ws://127.0.0.1:* ws://localhost:*",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** They show the same phone, and differ by a few lines. */
const PHONES = ['popup', 'sidepanel', 'call-window'];

/** What the polyfill's module puts in the place of WXT's own `browser`. */
const POLYFILL = '@wxt-dev/webextension-polyfill/browser';
const BEGINNING = '\0virtual:wxt-content-script-isolated-world-entrypoint?';

/** Nothing of any site at install; sites are granted one by one, or all, later. */
const PERMISSIONS = ['storage', 'notifications', 'contextMenus', 'scripting', 'activeTab', 'alarms'];
const ANY_SITE = '*://*/*';

const COMMANDS: UserManifest['commands'] = {
  'answer-or-open': command('answer_or_open', 'Alt+Shift+H'),
  mute: command('mute', 'Alt+Shift+M'),
  'next-number': command('next_number', 'Alt+Shift+N'),
  'call-selection': command('call_selection', 'Alt+Shift+C'),
  // Chrome gives suggested keys to four commands at most.
  'hang-up': command('hang_up'),
};

const ACTION = { default_title: '__MSG_name__', default_icon: iconsOf('off') };

const CHROME: UserManifest = {
  key: UNPACKED_KEY,
  minimum_chrome_version: '126',
  permissions: [...PERMISSIONS, 'offscreen'],
  // What an administrator may set: docs/ADMINISTRATORS.md.
  storage: { managed_schema: 'managed-schema.json' },
  // To keep the reports of `debugOutput: file`; asked for when that is switched on.
  optional_permissions: ['downloads'],
  optional_host_permissions: [ANY_SITE],
  action: ACTION,
};

const FIREFOX: UserManifest = {
  // A private page of ours would keep notes and contacts in a database of its own that goes with the last private window,
  // and could lend no voice: the background page is none of its.
  incognito: 'not_allowed',
  permissions: PERMISSIONS,
  // Manifest version 2 keeps sites among the permissions; WXT's type knows only Chrome's names.
  optional_permissions: [ANY_SITE as never, 'downloads'],
  browser_action: ACTION,
  // The person chooses among the applications for phone links in Firefox's own settings; `%s` is the link, escaped.
  protocol_handlers: [{ protocol: 'tel', name: 'Holdfast', uriTemplate: '/tel-link.html?to=%s' }],
  browser_specific_settings: {
    gecko: {
      id: ADDON,
      // The first that knows data_collection_permissions on Android too, where web-ext lint looks as well.
      strict_min_version: '142.0',
      data_collection_permissions: { required: ['none'] },
    },
  },
};

export default defineConfig({
  srcDir: '.',
  imports: false,
  // Components are built element by element: no page of ours ever assigns HTML, and the policy below holds it to that.
  svelte: { vite: { compilerOptions: { fragments: 'tree' } } },
  modules: ['@wxt-dev/module-svelte', '@wxt-dev/webextension-polyfill'],
  hooks: {
    // Left out before WXT looks at it: an entrypoint that it skips by itself makes the build warn.
    'entrypoints:found': ({ config }, found) => {
      if (config.browser === 'firefox') return;
      for (const name of FIREFOX_ONLY) {
        const foreign = found.findIndex((entry) => entry.name === name);
        if (foreign >= 0) found.splice(foreign, 1);
      }
    },
    'entrypoints:grouped': ({ config }, groups) => {
      if (config.command === 'build') groups.splice(0, groups.length, ...groups.flatMap(apart));
    },
  },
  manifest: ({ browser, command: task }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    commands: COMMANDS,
    omnibox: { keyword: 'call' },
    // The development server injects styles and modules of its own.
    ...(task === 'serve' ? {} : { content_security_policy: { extension_pages: POLICY } }),
    ...(browser === 'firefox' ? FIREFOX : CHROME),
  }),
  vite: ({ browser }) => ({
    plugins: [nativeInPages()],
    resolve: {
      alias: browser === 'firefox' ? SIBLINGS.map((name) => siblingOf(name)) : [],
    },
  }),
});

/**
 * Pages are built one by one: what several share would else be cut into a file for every set of pages that happens to share
 * it, and each file that a page asks for delays its first paint by more than what is in it.
 */
function apart(group: Entrypoint | Entrypoint[]): (Entrypoint | Entrypoint[])[] {
  if (!Array.isArray(group)) return [group];
  const phones = group.filter(({ name }) => PHONES.includes(name));
  const others = group.filter(({ name }) => !PHONES.includes(name));
  return [...(phones.length > 0 ? [phones] : []), ...others.map((entry) => [entry])];
}

/**
 * What goes into web pages uses the browser's own promises: the polyfill would be a third of its weight. And it begins
 * without WXT's own beginning, whose context announces itself to the page by an event and a message.
 */
function nativeInPages(): Plugin {
  let inPage = false;
  return {
    name: 'holdfast:native-in-pages',
    enforce: 'pre',
    configResolved({ build }) {
      inPage = JSON.stringify([build.lib, build.rolldownOptions.input]).includes('click-to-call');
    },
    resolveId(source) {
      if (!inPage) return null;
      return source === POLYFILL ? this.resolve('@wxt-dev/browser') : null;
    },
    load(id) {
      if (!id.startsWith(BEGINNING)) return null;
      return `import { main } from ${JSON.stringify(id.slice(BEGINNING.length))}; export default main();`;
    },
  };
}

function siblingOf(name: string) {
  return { find: new RegExp(`^(\\..*/${name})$`), replacement: '$1.firefox' };
}

function command(name: string, key?: string) {
  return { description: `__MSG_command_${name}__`, ...(key === undefined ? {} : { suggested_key: { default: key } }) };
}

function iconsOf(state: string) {
  return { 16: `icon/${state}-16.png`, 32: `icon/${state}-32.png` };
}
