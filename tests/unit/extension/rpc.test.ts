/** Who may call what between contexts, and what arrives of it. */

import { beforeEach, describe, expect, it } from 'vitest';
import { contentScript, engine, fakeBrowser, otherExtension, own, ownTab, sendAs, tell } from './browser';
import { backgroundReaders, engineReaders, pageReaders } from '../../../lib/extension/arguments';
import { remote, serve } from '../../../lib/extension/rpc';
import type { Sender } from '../../../lib/extension/trust';
import { PhoneError } from '../../../lib/phone/model/errors';
import type { CallId, LineId } from '../../../lib/phone/model/ids';
import { backgroundOf, engineOf, pageOf } from './services';

const CALL = 'call-1' as CallId;

beforeEach(() => fakeBrowser.reset());

describe('trust', () => {
  const strangers: [name: string, sender: Sender][] = [
    ['a content script', contentScript],
    ['another extension', otherExtension],
    [
      'a page whose address only begins like ours',
      { ...contentScript, url: 'https://test-extension-id.evil.example/' },
    ],
    ['a sender with no id', { url: own.url }],
    ['a sender with no address and no tab', { id: own.id }],
  ];

  it.each(strangers)('refuses %s at the engine and at the background', async (_name, sender) => {
    const called: string[] = [];
    serve('engine', engineReaders, () => engineOf({ hangUp: () => void called.push('hangUp') }));
    serve('background', backgroundReaders, () => backgroundOf({ settings: () => fail() }));
    const refused = { failed: { reason: 'not-allowed', facts: { to: 'engine' } } };
    expect(await tell({ to: 'engine', call: 'hangUp', args: [CALL] }, sender)).toEqual([refused]);
    expect(await tell({ to: 'background', call: 'settings', args: [] }, sender)).toEqual([
      { failed: { reason: 'not-allowed', facts: { to: 'background' } } },
    ]);
    expect(called).toEqual([]);
  });

  it.each([
    ['the popup', own],
    ['a tab of ours', ownTab],
    ['the engine document', engine],
  ])('serves %s', async (_name, sender) => {
    const called: unknown[] = [];
    serve('engine', engineReaders, () => engineOf({ mute: (call, muted) => void called.push([call, muted]) }));
    expect(await tell({ to: 'engine', call: 'mute', args: [CALL, true] }, sender)).toEqual([{ ok: null }]);
    expect(called).toEqual([[CALL, true]]);
  });

  it('lets only content scripts of ours speak for a page, and tells the service which page', async () => {
    const from: (string | undefined)[] = [];
    serve('page', pageReaders, (sender) => pageOf({ openPhone: () => void from.push(sender.url) }));
    const message = { to: 'page', call: 'openPhone', args: [] };
    expect(await tell(message, contentScript)).toEqual([{ ok: null }]);
    expect(await tell(message, otherExtension)).toMatchObject([{ failed: { reason: 'not-allowed' } }]);
    expect(await tell(message, own)).toMatchObject([{ failed: { reason: 'not-allowed' } }]);
    expect(from).toEqual(['https://crm.example/people']);
  });
});

describe('a picture for an assistant', () => {
  const small = 'data:image/jpeg;base64,AAAA';
  const tellPicture = (text: unknown, ...pictures: readonly unknown[]) =>
    tell({ to: 'engine', call: 'type', args: [CALL, text, pictures] }, own);

  it('needs no words beside it', async () => {
    const typed: unknown[] = [];
    serve('engine', engineReaders, () => engineOf({ type: (...args) => void typed.push(args) }));
    await tellPicture('', { url: small, preview: small });
    expect(typed).toEqual([[CALL, '', [{ url: small, preview: small }]]]);
  });

  it.each([
    ['is no JPEG', { url: 'data:image/svg+xml;base64,AAAA', preview: small }],
    ['is an address', { url: 'https://example.com/a.jpg', preview: small }],
    ['has a preview that is none', { url: small, preview: '"><script>' }],
    ['is too large', { url: `${small}${'A'.repeat(700_000)}`, preview: small }],
    ['has a preview that is too large', { url: small, preview: `${small}${'A'.repeat(12_000)}` }],
  ])('is refused where it %s', async (_name, picture) => {
    serve('engine', engineReaders, () => engineOf({}));
    expect(await tellPicture('Look', picture)).toMatchObject([{ failed: { reason: 'bad-message' } }]);
  });

  it('comes alone', async () => {
    serve('engine', engineReaders, () => engineOf({}));
    const one = { url: small, preview: small };
    expect(await tellPicture('Look', one, one)).toMatchObject([{ failed: { facts: { field: 'pictures' } } }]);
  });
});

describe('addresses', () => {
  it('leaves alone what is addressed to another, so that no reply is stolen', async () => {
    serve('page', pageReaders, () => pageOf({}));
    serve('background', backgroundReaders, () => backgroundOf({}));
    for (const message of [
      { to: 'engine', call: 'snapshot', args: [] },
      { feed: {} },
      null,
      'text',
      7,
      [],
      { to: 5 },
    ]) {
      expect(await tell(message, own)).toEqual([]);
    }
  });

  it('stops serving', async () => {
    const stop = serve('engine', engineReaders, () => engineOf({}));
    stop();
    expect(await tell({ to: 'engine', call: 'report', args: [] }, own)).toEqual([]);
  });
});

describe('shape', () => {
  const bad: [call: string, args: unknown][] = [
    ['hangUp', []],
    ['hangUp', [5]],
    ['hangUp', ['']],
    ['hangUp', 'no list'],
    ['hangUp', ['x'.repeat(200)]],
    ['mute', [CALL, 'yes']],
    ['dial', [{ to: 5 }]],
    ['dial', ['+442079460018']],
    ['merge', [CALL]],
    ['configure', [{ lines: {} }]],
    ['noSuchMethod', []],
    ['constructor', []],
    ['__proto__', []],
  ];
  it.each(bad)('refuses %s(%j) with its reason', async (call, args) => {
    serve('engine', engineReaders, () => engineOf({}));
    expect(await tell({ to: 'engine', call, args }, own)).toMatchObject([{ failed: { reason: 'bad-message' } }]);
  });

  it('bounds what a page may send', async () => {
    serve('page', pageReaders, () => pageOf({}));
    const confirm = (candidates: unknown) => tell({ to: 'page', call: 'confirm', args: [candidates] }, contentScript);
    expect(await confirm(Array.from({ length: 200 }, () => '+1 206 555 0119'))).toEqual([{ ok: [] }]);
    expect(await confirm(Array.from({ length: 201 }, () => '1'))).toMatchObject([
      { failed: { reason: 'bad-message' } },
    ]);
    expect(await confirm(['1'.repeat(65)])).toMatchObject([{ failed: { reason: 'bad-message' } }]);
    expect(await tell({ to: 'page', call: 'openPhone', args: ['x'.repeat(40_000)] }, contentScript)).toMatchObject([
      { failed: { reason: 'bad-message', facts: { why: 'too-long' } } },
    ]);
  });

  it('drops what a request holds beyond its fields', async () => {
    const requests: unknown[] = [];
    serve('engine', engineReaders, () => engineOf({ dial: (request) => (requests.push(request), CALL) }));
    const request = { to: '2', digits: null, line: 'l', evil: { nested: true }, muted: true };
    expect(await tell({ to: 'engine', call: 'dial', args: [request] }, own)).toEqual([{ ok: CALL }]);
    expect(requests).toEqual([{ to: '2', line: 'l' as LineId, muted: true }]);
  });
});

describe('remote', () => {
  beforeEach(() => sendAs(own));

  it('brings the result', async () => {
    serve('engine', engineReaders, () => engineOf({ dial: () => Promise.resolve(CALL) }));
    expect(await remote('engine').dial({ to: '1' })).toBe(CALL);
  });

  it('gives undefined for a method with no result', async () => {
    serve('engine', engineReaders, () => engineOf({}));
    expect(await remote('engine').hold(CALL, true)).toBeUndefined();
  });

  it('throws the error of the other side, with its reason and facts', async () => {
    serve('engine', engineReaders, () =>
      engineOf({
        answer: () => {
          throw new PhoneError('wrong-phase', { phase: 'ended' });
        },
      }),
    );
    await expect(remote('engine').answer(CALL)).rejects.toMatchObject({
      reason: 'wrong-phase',
      facts: { phase: 'ended' },
    });
  });

  it('hides what a bug of the other side was about', async () => {
    serve('engine', engineReaders, () =>
      engineOf({
        hangUp: () => {
          throw new TypeError('secret is undefined');
        },
      }),
    );
    const thrown: unknown = await remote('engine')
      .hangUp(CALL)
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ reason: 'unexpected', facts: {} });
    expect(JSON.stringify(thrown)).not.toContain('secret');
  });

  it('says that the engine is gone where nobody listens, or nobody answers', async () => {
    await expect(remote('engine').snapshot()).rejects.toMatchObject({ reason: 'engine-gone' });
    serve('background', backgroundReaders, () => backgroundOf({}));
    await expect(remote('engine').snapshot()).rejects.toMatchObject({ reason: 'engine-gone' });
  });
});

function fail(): never {
  throw new Error('must not be called');
}
