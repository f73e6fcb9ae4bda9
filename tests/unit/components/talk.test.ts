import './words-here';
import { describe, expect, it } from 'vitest';
import { isReadAloud, isSpeaking, plainText, spokenOf } from '../../../components/popup/assistant/talk';
import { settled } from '../../../lib/extension/history-entry';
import type { TranscriptLine } from '../../../lib/phone/model/snapshot';

const line = (more: Partial<TranscriptLine>): TranscriptLine => ({
  ...{ id: '1', who: 'assistant', text: 'Hello', final: true, typed: false, at: 0 },
  ...more,
});

describe('reading lines aloud', () => {
  it('is off while the voice is heard, and on while it is not', () => {
    expect(isReadAloud(null, { sound: 'flowing' })).toBe(false);
    expect(isReadAloud(null, { sound: 'none' })).toBe(true);
    expect(isReadAloud(null, { sound: 'stalled' })).toBe(true);
  });
  it('is as the person chose, whatever is heard', () => {
    expect(isReadAloud(true, { sound: 'flowing' })).toBe(true);
    expect(isReadAloud(false, { sound: 'none' })).toBe(false);
  });
});

describe('a conversation in words', () => {
  it('names the speaker of each finished line, and a picture', () => {
    const pictures = ['data:image/jpeg;base64,AAAA'];
    const talk = [
      line({}),
      line({ id: '2', who: 'person', text: '', pictures }),
      line({ id: '3', who: 'person', text: 'And this?', pictures }),
      line({ id: '4', text: 'Let me lo', final: false }),
    ];
    expect(plainText(talk, 'Front desk')).toBe('Front desk: Hello\nYou: Picture\nYou: Picture, And this?');
    expect(isSpeaking(talk)).toBe(true);
  });
  it('says of a picture whose copy is kept no more that there was one', () => {
    expect(spokenOf(line({ who: 'person', text: '' }), 'Front desk')).toBe('You: Picture');
  });
  it('leaves half a sentence out once it is over, and ends what the assistant did', () => {
    const runs = line({ id: '2', who: 'tool', text: 'get_weather', final: false });
    expect(settled([line({}), runs, line({ id: '3', final: false })])).toEqual([line({}), { ...runs, final: true }]);
  });
});
