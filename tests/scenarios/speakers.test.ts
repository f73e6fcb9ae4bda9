/** The speaker is pulled out in the middle of a call, and put back. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeviceId } from '../../lib/phone/model/ids';
import { device } from '../fakes/platform';
import { DIALECTS, stageOver } from '../fakes/dialects';
import type { Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const HEADSET = device('headset-out', 'Headset');
const DESK = device('desk', 'Desk speaker');

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  function withHeadset(): Stage {
    return stage({
      settings: { devices: { microphone: null, speaker: HEADSET.id, ringer: DESK.id } },
      prepare: (platform) => {
        platform.devices = { microphones: [], speakers: [HEADSET, DESK] };
      },
    });
  }

  it('goes on over the system’s own, tells who talks, and takes the chosen one back', async () => {
    const { phone, platform, pass, call, talk } = withHeadset();
    const { id } = await talk();
    phone.mute(id, true);
    expect(platform.speaker.configured).toMatchObject({ speaker: HEADSET.id, ringer: DESK.id });

    platform.devices = { microphones: [], speakers: [DESK] };
    platform.changeDevices([]);
    await pass();
    expect(platform.speaker.configured).toMatchObject({ speaker: null, ringer: DESK.id });
    expect(phone.snapshot().devices).toMatchObject({ speaker: null, speakers: [DESK] });
    expect(call()).toMatchObject({
      state: { phase: 'active' },
      muted: true,
      notices: [{ kind: 'speaker-lost', facts: { lost: 'Headset', now: null } }],
    });

    platform.devices = { microphones: [], speakers: [HEADSET, DESK] };
    platform.changeDevices([]);
    await pass();
    expect(platform.speaker.configured).toMatchObject({ speaker: HEADSET.id });
    expect(call().notices.at(-1)).toMatchObject({ kind: 'speaker-back', facts: { now: 'Headset' } });
  });

  it('rings where somebody hears it when the ringer is gone, and says nothing of it in a call', async () => {
    const { platform, pass, call, talk } = withHeadset();
    await talk();
    platform.devices = { microphones: [], speakers: [HEADSET] };
    platform.changeDevices([]);
    await pass();
    expect(platform.speaker.configured).toMatchObject({ speaker: HEADSET.id, ringer: null });
    expect(call().notices).toEqual([]);
  });

  it('keeps to the choice where the browser lists no speakers', async () => {
    const { platform, pass, talk } = stage({
      settings: { devices: { microphone: null, speaker: 'chosen' as DeviceId, ringer: null } },
    });
    await talk();
    platform.changeDevices([]);
    await pass();
    expect(platform.speaker.configured).toMatchObject({ speaker: 'chosen' });
  });
});
