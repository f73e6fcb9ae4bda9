/** Where the names of a browser may be spoken: in `lib/phone/web`, nowhere else in the client library. */

const askAPort = 'lib/phone knows no platform: ask a port (lib/phone/ports.ts), and let lib/phone/web answer it.';

export const platformNames = [
  'AudioContext',
  'Date',
  'RTCPeerConnection',
  'WebSocket',
  'browser',
  'chrome',
  'clearInterval',
  'clearTimeout',
  'crypto',
  'document',
  'fetch',
  'localStorage',
  'navigator',
  'performance',
  'queueMicrotask',
  'setInterval',
  'setTimeout',
  'window',
];

const extensionOnly =
  'Components show a snapshot and send commands: go through lib/extension, which speaks to the browser.';

export const platformGlobals = [
  {
    files: ['lib/phone/**/*.ts'],
    ignores: ['lib/phone/web/**'],
    rules: {
      'no-restricted-globals': ['error', ...platformNames.map((name) => ({ name, message: askAPort }))],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Ask ports.random(): a test wants to know what it will be.' },
        { property: 'globalThis', message: askAPort },
      ],
    },
  },
  {
    files: ['components/**/*.{ts,svelte}'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['browser', 'chrome', 'fetch'].map((name) => ({ name, message: extensionOnly })),
      ],
    },
  },
];
