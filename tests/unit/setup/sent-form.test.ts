/** What is sent with every call, as it is typed, held against what lib/phone takes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as form from '../../../lib/extension/sent-form';
import { validateOptions } from '../../../lib/phone/options';

const faults = (options: object): readonly string[] =>
  validateOptions({ login: 'a', password: 'b', ...options }).faults.map(({ option }) => option);

describe('a header', () => {
  it.each(['X-Desk', 'x-desk', 'X-a.b_c!'])('may be called %s', (name) => {
    expect(form.headerProblems({ name, value: 'front' })).toEqual({ name: null, value: null });
  });
  it.each(['', 'X-', 'Desk', 'X-Desk:', 'X-a b', 'X-ä', `X-${'a'.repeat(127)}`])('may not be called %j', (name) => {
    expect(form.headerProblems({ name, value: '' }).name?.key).toBe('options_problem_header_name');
  });
  it.each(['a\r\nVia: b', 'a\tb', 'a'.repeat(4097)])('may not say %j', (value) => {
    expect(form.headerProblems({ name: 'X-A', value }).value?.key).toBe('options_problem_header_value');
  });

  it('is good here exactly where the phone takes it', () => {
    const any = fc.oneof(
      fc.string(),
      fc.constantFrom('X-A', 'X-\r', '\n', 'Via'),
      fc.string().map((text) => `X-${text}`),
    );
    fc.assert(
      fc.property(any, any, (name, value) => {
        const { name: bad, value: worse } = form.headerProblems({ name, value });
        expect(form.isHeader({ name, value })).toBe(bad === null && worse === null);
        expect(faults({ customHeaders: [{ name, value }] })).toEqual([
          ...(bad === null ? [] : ['customHeaders[0].name']),
          ...(worse === null ? [] : ['customHeaders[0].value']),
        ]);
      }),
    );
  });
});

describe('a state', () => {
  it('is typed in plain text, and comes back as it was typed', () => {
    expect(form.readState('{"t":1}')).toBe('eyJ0IjoxfQ==');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const state = form.readState(text);
        expect(typeof state === 'string' && form.showState(state)).toBe(text);
        expect(form.isState(state)).toBe(true);
        expect(faults({ clientState: state })).toEqual([]);
      }),
    );
  });
  it('is told where it is too long, and shown as it stands where it is no text', () => {
    expect(form.readState('a'.repeat(3073))).toEqual({ key: 'options_problem_state', facts: [3072] });
    expect(form.readState('a'.repeat(3072))).toHaveLength(4096);
    // Letters of more bytes than one; a letter with its accent beside it; several signs that are seen as one.
    for (const [character, bytes] of [
      ['ä', 2],
      ['語', 3],
      ['e\u0301', 3],
      ['👩🏽‍🚒', 15],
    ] as const) {
      const fit = Math.floor(3072 / bytes);
      const whole = character.repeat(fit);
      expect(form.readState(`${whole}${character}`)).toEqual({ key: 'options_problem_state', facts: [fit] });
      expect(form.readState(whole)).toBeTypeOf('string');
    }
    for (const state of ['/w==', 'not Base64']) expect(form.showState(state)).toBe(state);
    expect(form.isState('not Base64')).toBe(false);
  });
});

describe('the order of sound formats', () => {
  const browser = ['opus', 'red', 'G722', 'PCMU', 'PCMA', 'CN', 'CN', 'telephone-event'].map((name) => ({
    mimeType: `audio/${name}`,
  }));
  it('has those that carry a voice, the preferred first, and none that the browser lacks', () => {
    expect(form.codecOrder(browser, [])).toEqual(['audio/opus', 'audio/G722', 'audio/PCMU', 'audio/PCMA']);
    expect(form.codecOrder(browser, [{ mimeType: 'audio/pcma' }, { mimeType: 'audio/speex' }])).toEqual([
      ...['audio/PCMA', 'audio/opus', 'audio/G722', 'audio/PCMU'],
    ]);
  });
  it('changes place by place, and not beyond its ends', () => {
    expect(form.moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(form.moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    const list = ['a', 'b'];
    expect(form.moved(list, 0, -1)).toBe(list);
    expect(form.moved(list, 1, 1)).toBe(list);
  });
});

describe('what an account keeps for itself', () => {
  const headers = [{ name: 'X-A', value: '1' }];
  it('is what all accounts do not have; nothing is a choice only where they have something', () => {
    expect(form.onlyOwn({ region: 'eu', customHeaders: headers, clientState: '' }, {})).toEqual({
      region: 'eu',
      customHeaders: headers,
    });
    expect(form.onlyOwn({ customHeaders: headers, preferred_codecs: [] }, { customHeaders: headers })).toEqual({});
    expect(form.onlyOwn({ customHeaders: [] }, { customHeaders: headers })).toEqual({ customHeaders: [] });
  });
});
