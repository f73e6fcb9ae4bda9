import { describe, expect, it } from 'vitest';
import { stateOf, viewsOf } from '../../../lib/phone/web/devices';
import { reasonFor } from '../../../lib/phone/web/microphone';

const DEVICES = [
  { kind: 'audioinput', deviceId: 'default', label: 'Default - Desk microphone' },
  { kind: 'audioinput', deviceId: 'communications', label: 'Communications - Desk microphone' },
  { kind: 'audioinput', deviceId: 'm1', label: 'Desk microphone' },
  { kind: 'audiooutput', deviceId: 's1', label: 'Headset' },
  { kind: 'videoinput', deviceId: 'v1', label: 'Camera' },
];

describe('the list of devices', () => {
  it('names each once, by kind, without the browser’s aliases', () => {
    expect(viewsOf(DEVICES, 'audioinput')).toEqual([{ id: 'm1', label: 'Desk microphone' }]);
    expect(viewsOf(DEVICES, 'audiooutput')).toEqual([{ id: 's1', label: 'Headset' }]);
  });

  it('is empty where the browser hides or withholds it', () => {
    expect(viewsOf([{ kind: 'audioinput', deviceId: '', label: '' }], 'audioinput')).toEqual([]);
    expect(viewsOf(null, 'audioinput')).toEqual([]);
  });
});

describe('the microphone', () => {
  it.each([
    ['granted', DEVICES, { state: 'granted', label: 'Default - Desk microphone' }],
    ['granted', null, { state: 'granted', label: null }],
    ['granted', [], { state: 'missing' }],
    ['prompt', DEVICES, { state: 'prompt' }],
    ['prompt', [], { state: 'missing' }],
    ['denied', [], { state: 'denied', by: 'person' }],
    ['unknown', DEVICES, { state: 'unknown' }],
  ] as const)('with the permission %s is what it is', (permission, all, state) => {
    expect(stateOf(permission, all)).toEqual(state);
  });

  it.each([
    ['NotAllowedError', 'prompt', 'microphone-prompt'],
    ['NotAllowedError', 'denied', 'microphone-denied'],
    ['NotAllowedError', 'granted', 'microphone-denied'],
    ['SecurityError', 'unknown', 'microphone-denied'],
    ['NotFoundError', 'granted', 'microphone-missing'],
    ['OverconstrainedError', 'granted', 'microphone-missing'],
    ['NotReadableError', 'granted', 'microphone-busy'],
    ['AbortError', 'granted', 'microphone-busy'],
  ] as const)('that fails with %s while %s gives %s', (error, permission, reason) => {
    expect(reasonFor(error, permission)).toBe(reason);
  });
});
