/**
 * Who may import whom, told while typing. The full table stands in docs/ARCHITECTURE.md and tests/architecture.test.ts
 * checks it file by file; here stand the breaches that are easy to make, with the way out in the message.
 */

const rule = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });
const never = (regex, message) => ({ regex, message });
const typesOnly = (regex, message) => ({ regex, message, allowTypeImports: true });

const adapters = never(
  '(^|/)phone/web(/|$)',
  'Only entrypoints/offscreen/main.ts imports lib/phone/web: it is the one place where the phone meets a browser.',
);
const svelteFree = never('^svelte(/|$)|\\.svelte(\\.ts)?$', 'This folder knows no Svelte; components/ does.');
const engineInside = typesOnly(
  '(^|/)phone/(?!model/)',
  "The phone lives in the engine document. From here, import its types only and speak to it with remote('engine').",
);
const testsAreLast = never('(^|/)tests/', 'Nothing imports tests: move what is shared to where both can reach it.');

export const importRules = [
  {
    files: ['lib/phone/model/**/*.ts'],
    rules: rule(
      never('^(?!\\./)', 'lib/phone/model is pure and stands alone: it imports only files of its own folder.'),
    ),
  },
  {
    files: ['lib/phone/ports.ts'],
    rules: rule(typesOnly('.', 'ports.ts says what the phone needs; it brings nothing along but types.')),
  },
  {
    files: ['lib/phone/dialects/**/*.ts'],
    rules: rule(
      never('(wire|web)/', 'A dialect spells words; it neither sends nor receives. It imports lib/phone/model alone.'),
      typesOnly('ports', 'A dialect has no platform: it may borrow the types of ports.ts, no value.'),
    ),
  },
  {
    files: ['lib/phone/wire/**/*.ts'],
    rules: rule(
      never(
        'dialects/',
        'The wire carries frames and does not read them: meaning belongs to dialects/, and session.ts brings both together.',
      ),
      never('web/', 'The wire asks ports.ts for a socket; lib/phone/web makes it.'),
    ),
  },
  {
    files: ['lib/phone/*.ts'],
    rules: rule(
      never('web/', 'The phone knows ports, not platforms. Adapters are handed in by entrypoints/offscreen/main.ts.'),
    ),
  },
  {
    files: ['lib/phone/web/**/*.ts'],
    rules: rule(
      never('(dialects|wire)/', 'An adapter answers ports.ts and knows no protocol.'),
      never('\\.\\./(call|session|phone|recovery)', 'An adapter is used by calls and sessions; it does not know them.'),
    ),
  },
  {
    files: ['lib/numbers/candidates.ts'],
    rules: rule(never('.', 'candidates.ts is loaded by every web page: it imports nothing at all.')),
  },
  {
    files: ['lib/numbers/**/*.ts'],
    ignores: ['lib/numbers/candidates.ts', 'lib/numbers/confirm.ts', 'lib/numbers/dialable.ts'],
    rules: rule(never('^libphonenumber-js', 'The metadata is heavy: only confirm.ts and dialable.ts load it.')),
  },
  { files: ['lib/extension/**/*.ts'], rules: rule(svelteFree, adapters, engineInside, testsAreLast) },
  {
    files: ['components/**/*.{ts,svelte}'],
    rules: rule(
      adapters,
      engineInside,
      never('(^|/)entrypoints/', 'Components do not know their frame: hand it in as a prop.'),
      never('^wxt/|webextension-polyfill', 'Components name no browser: go through lib/extension.'),
    ),
  },
  {
    files: ['entrypoints/click-to-call.content/**/*.ts'],
    rules: rule(
      svelteFree,
      adapters,
      never(
        '^libphonenumber-js|/(confirm|dialable)$',
        "Every page pays for this script: ask the background, remote('page').confirm().",
      ),
      never(
        'extension/(?!contract|rpc|card-door|i18n)',
        'Every page pays for this script: it needs the contract and rpc, nothing else of lib/extension.',
      ),
    ),
  },
  {
    files: ['entrypoints/**/*.{ts,svelte}'],
    ignores: ['entrypoints/offscreen/main.ts', 'entrypoints/click-to-call.content/**'],
    rules: rule(adapters, engineInside, testsAreLast),
  },
  {
    files: ['gateway/**/*.ts'],
    rules: rule(
      never(
        '(^|/)(lib|components|entrypoints)/',
        'The gateway is a second, independent reading of the protocol: it imports nothing of ours.',
      ),
    ),
  },
];
