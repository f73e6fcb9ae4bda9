/** What the account form says of a trial call: each outcome by its name, with the place to look at. */

import '../components/words-here';
import { describe, expect, it } from 'vitest';
import { CallTrial } from '../../../components/settings/call-trial.svelte';
import { trialFails, trialWorks, wantsMicrophone } from '../../../components/settings/trial-words';
import { Phone, type PhoneLink } from '../../../components/phone.svelte';
import type { EngineApi } from '../../../lib/extension/contract';
import type { Remote } from '../../../lib/extension/rpc';
import { PhoneError, type PhoneErrorJson } from '../../../lib/phone/model/errors';
import type { LineId } from '../../../lib/phone/model/ids';
import type { Trial } from '../../../lib/phone/model/trial';

const negotiation = (why: string): PhoneErrorJson => ({ reason: 'negotiation', facts: { why } });
const refused = (kind: string, cause: string): PhoneErrorJson => ({
  reason: 'refused',
  facts: { kind, cause, code: 1 },
});

describe('a trial call', () => {
  it.each<[PhoneErrorJson, RegExp]>([
    [negotiation('no codec in common'), /no codec in common.*inbound-codec-string/],
    [negotiation('no ice there'), /without ICE.*ext-rtp-ip/],
    [negotiation('not encrypted'), /without a certificate.*dtls-srtp\.pem/],
    [negotiation('no connection'), /no way for the sound.*UDP 16384 to 32768.*apply-candidate-acl/],
    [negotiation('no candidates'), /no address to send sound from.*VPN/],
    [negotiation('hidden addresses'), /hides this computer’s addresses.*allow the microphone/],
    [refused('no-such-number', 'UNALLOCATED_NUMBER'), /there is no extension 9196/],
    [refused('no-answer', 'NO_ANSWER'), /nobody answers at 9196/],
    [refused('busy', 'USER_BUSY'), /ended the call to 9196: USER_BUSY/],
    [{ reason: 'refused', facts: { code: -32601, message: 'Permission Denied' } }, /9196: Permission Denied\./],
    [{ reason: 'timeout', facts: {} }, /nobody answers at 9196/],
    [{ reason: 'disconnected', facts: {} }, /^The server line dropped\. Trying/],
    [negotiation('something new'), /\w/],
  ])('that ended with %o', (error, words) => {
    expect(trialFails('9196', error, 'Office')).toMatch(words);
  });

  it('that worked', () => {
    expect(trialWorks('9196', { codec: 'opus', tookMs: 240.4 })).toBe(
      'The call to 9196 works: connected with opus after 240 ms.',
    );
  });

  it('asks for the microphone’s permission only where hidden addresses are the reason', () => {
    expect(wantsMicrophone(negotiation('hidden addresses'))).toBe(true);
    expect(wantsMicrophone(negotiation('no connection'))).toBe(false);
  });
});

describe('the form’s trial', () => {
  const [one, two] = ['one' as LineId, 'two' as LineId];

  /** An engine that says what the play wants, when it wants it. */
  function trying() {
    const asked: { line: LineId; to: string; resolve(trial: Trial): void; reject(error: PhoneError): void }[] = [];
    const tryCall = (line: LineId, to: string): Promise<Trial> =>
      new Promise((resolve, reject) => asked.push({ line, to, resolve, reject }));
    const engine = new Proxy({} as Remote<EngineApi>, {
      get: (_target, name) => (name === 'tryCall' ? tryCall : () => Promise.reject(new Error('nobody serves'))),
    });
    const link = { engine } as PhoneLink;
    return { asked, trial: new CallTrial(new Phone(link)) };
  }

  it('goes on over its line, is one at a time, and belongs to that line alone', async () => {
    const { asked, trial } = trying();
    const over = trial.begin(one, '9196');
    await trial.begin(two, '9197');
    expect(asked).toHaveLength(1);
    expect(trial.busy).toBe(true);
    expect(trial.of(one)).toEqual({ line: one, to: '9196', now: { state: 'trying' } });
    asked[0]?.resolve({ codec: 'PCMU', tookMs: 90 });
    await over;
    expect(trial.of(one)?.now).toEqual({ state: 'works', trial: { codec: 'PCMU', tookMs: 90 } });
    expect(trial.of(two)).toBeNull();
    expect(trial.of(null)).toBeNull();
  });

  it('keeps the reason of a failure, and can be tried again', async () => {
    const { asked, trial } = trying();
    const over = trial.begin(one, '9196');
    asked[0]?.reject(new PhoneError('timeout'));
    await over;
    expect(trial.of(one)?.now).toMatchObject({ state: 'fails' });
    void trial.begin(one, '9197');
    expect(trial.of(one)).toMatchObject({ to: '9197', now: { state: 'trying' } });
  });
});
