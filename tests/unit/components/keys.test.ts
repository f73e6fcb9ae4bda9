import { describe, expect, it } from 'vitest';
import { keyOf, type Stroke } from '../../../components/popup/keys';

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  shift: false,
  modified: false,
  inField: false,
  fieldEmpty: false,
  ...more,
});

describe('a key', () => {
  it.each([
    ['m', 'mute'],
    ['h', 'hold'],
    ['t', 'transfer'],
    ['n', 'note'],
    ['q', 'quality'],
    ['a', 'audio'],
    ['k', 'keypad'],
    ['?', 'shortcuts'],
  ] as const)('%s on a call is %s', (key, action) => {
    expect(keyOf(stroke(key), 'call', true)).toBe(action);
  });
  it('ends a call only with Shift, so that a letter alone cannot', () => {
    expect(keyOf(stroke('E', { shift: true }), 'call', true)).toBe('end');
    expect(keyOf(stroke('e'), 'call', true)).toBeNull();
  });
  it('adds a call with +, which needs Shift on many keyboards', () => {
    expect(keyOf(stroke('+', { shift: true }), 'call', true)).toBe('add');
  });
  it('means nothing while a field has the focus', () => {
    expect(keyOf(stroke('m', { inField: true }), 'call', true)).toBeNull();
    expect(keyOf(stroke('5', { inField: true }), 'call', true)).toBeNull();
  });
  it('belongs to the browser with Control, Alt or Command', () => {
    expect(keyOf(stroke('m', { modified: true }), 'call', true)).toBeNull();
    expect(keyOf(stroke('1', { modified: true }), 'call', true)).toBeNull();
  });
  it('as a single letter can be turned off; digits still send tones', () => {
    expect(keyOf(stroke('m'), 'call', false)).toBeNull();
    expect(keyOf(stroke('5'), 'call', false)).toEqual({ digit: '5' });
    expect(keyOf(stroke('#', { shift: true }), 'call', true)).toEqual({ digit: '#' });
  });
  it('swaps, joins and connects only where there are two calls', () => {
    expect(keyOf(stroke('s'), 'two', true)).toBe('swap');
    expect(keyOf(stroke('j'), 'two', true)).toBe('merge');
    expect(keyOf(stroke('c'), 'passing', true)).toBe('connect');
    expect(keyOf(stroke('s'), 'call', true)).toBeNull();
    expect(keyOf(stroke('t'), 'two', true)).toBeNull();
  });
  it('changes tabs with the brackets, from the empty field as well', () => {
    expect(keyOf(stroke(']'), 'home', true)).toBe('next-tab');
    expect(keyOf(stroke('[', { inField: true, fieldEmpty: true }), 'home', true)).toBe('previous-tab');
    expect(keyOf(stroke('[', { inField: true }), 'home', true)).toBeNull();
  });
  it('answers with Enter, silences with Escape and never declines with it', () => {
    expect(keyOf(stroke('Enter'), 'incoming', true)).toBe('answer');
    expect(keyOf(stroke('Escape'), 'incoming', true)).toBe('silence');
    expect(keyOf(stroke('D', { shift: true }), 'incoming', true)).toBe('decline');
    expect(keyOf(stroke('d'), 'incoming', true)).toBeNull();
    expect(keyOf(stroke('m'), 'incoming', true)).toBeNull();
  });
});
