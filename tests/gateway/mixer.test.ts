import { describe, expect, it } from 'vitest';
import { Ear } from '../../gateway/media/ear';
import { Mixer } from '../../gateway/media/mixer';
import { codecs, type AudioPacket, type CodecName } from '../../gateway/media/packet';
import { framesOf, tone } from '../../gateway/media/sounds';
import { createDecoder } from '../../gateway/media/transcoder';

/** A pacer whose beats the test gives. */
function clockwork() {
  const beats = new Set<() => void>();
  return {
    pacer: { every20ms: (beat: () => void) => (beats.add(beat), () => void beats.delete(beat)) },
    beat: () => [...beats].forEach((beat) => beat()),
    running: () => beats.size > 0,
  };
}

/** Somebody in the room, who hums and listens. */
function member(mixer: Mixer, hertz: number, codec: CodecName = 'opus') {
  const ear = new Ear();
  const heard: AudioPacket[] = [];
  const voices = mixer.enter(codec, (packet, stream) => {
    heard.push(packet);
    ear.hear(packet, stream);
  });
  const frames = framesOf(tone(hertz), codec);
  let sequence = 65_520;
  return {
    ear,
    heard,
    voices,
    /** 20 ms of the hum. */
    hum(): void {
      const payload = frames[sequence % frames.length] ?? Buffer.alloc(0);
      voices.hear({ codec, payload, sequence: sequence & 0xffff, timestamp: 0 }, frames);
      sequence += 1;
    },
    /** Below 4 kHz: above it G.711 has images of what is below. */
    tones(): readonly number[] {
      const carried = ear.heard(60_000).tones.filter((hz) => hz < 4_000);
      return carried.sort((a, b) => a - b).map((hz) => Math.round(hz / 10) * 10);
    },
  };
}

describe('a room of three', () => {
  it('gives each the two others at once, whatever codec they speak, and nothing of themselves', () => {
    const { pacer, beat, running } = clockwork();
    const mixer = new Mixer(pacer);
    const all = [member(mixer, 700), member(mixer, 1_300, 'pcmu'), member(mixer, 1_900)];
    for (let count = 0; count < 60; count++) {
      for (const one of all) one.hum();
      beat();
    }
    expect(all.map((one) => one.tones())).toEqual([
      [1_300, 1_900],
      [700, 1_900],
      [700, 1_300],
    ]);
    expect(all.map(({ heard }) => [heard[0]?.codec, heard.length])).toEqual([
      ['opus', 60],
      ['pcmu', 60],
      ['opus', 60],
    ]);
    const steps = all.map(({ heard }) => (heard[9]?.timestamp ?? 0) - (heard[8]?.timestamp ?? 0));
    expect(steps).toEqual([codecs.opus.frame, codecs.pcmu.frame, codecs.opus.frame]);
    for (const { voices } of all) voices.leave();
    expect(running()).toBe(false);
  });

  it('goes on without whoever leaves or is silent, and says nothing to whoever is alone', () => {
    const { pacer, beat } = clockwork();
    const mixer = new Mixer(pacer);
    const [one, two, three] = [member(mixer, 700), member(mixer, 1_300), member(mixer, 1_900)];
    three.voices.leave();
    three.hum();
    for (let count = 0; count < 60; count++) {
      one.hum();
      beat();
    }
    expect(two.tones()).toEqual([700]);
    expect(one.heard).toHaveLength(60);
    expect(one.ear.heard(60_000).silent).toBe(true);
    expect(three.heard).toEqual([]);
    two.voices.leave();
    beat();
    expect(one.heard).toHaveLength(60);
  });
});

it('waits a moment for a voice that is late, makes up for it, and then goes on without it', () => {
  const { pacer, beat } = clockwork();
  const mixer = new Mixer(pacer);
  const [one, two, three] = [member(mixer, 700), member(mixer, 1_300), member(mixer, 1_900)];
  for (let count = 0; count < 40; count++) {
    one.hum();
    two.hum();
    // Four frames at once, the first of them when all four are due.
    if (count % 4 === 3) for (let late = 0; late < 4; late++) three.hum();
    beat();
  }
  expect(one.heard).toHaveLength(40);
  expect(one.tones()).toEqual([1_300, 1_900]);
  for (let count = 0; count < 10; count++) {
    one.hum();
    two.hum();
    beat();
  }
  expect(one.heard.length).toBeGreaterThanOrEqual(45);
  one.hum();
  two.hum();
  three.hum();
  beat();
  expect(one.heard).toHaveLength(51);
});

it('takes what came twice once, falls behind by no more than ten frames, and outlives what is no sound', () => {
  const { pacer, beat } = clockwork();
  const mixer = new Mixer(pacer);
  const [one, two] = [member(mixer, 700), member(mixer, 1_300)];
  const [frame = Buffer.alloc(0)] = framesOf(tone(700), 'opus');
  const say = (sequence: number, payload = frame): void =>
    one.voices.hear({ codec: 'opus', payload, sequence, timestamp: 0 }, frame);
  say(1, Buffer.alloc(0));
  say(2, Buffer.from('this is no opus'));
  for (let count = 0; count < 40; count++) say(3 + (count >> 1));
  for (let count = 0; count < 20; count++) beat();
  const decoder = createDecoder('opus');
  const loud = two.heard.filter(({ payload }) => decoder.decode(payload).some((sample) => Math.abs(sample) > 500));
  decoder.free();
  expect(loud.length).toBeGreaterThanOrEqual(9);
  expect(loud.length).toBeLessThanOrEqual(11);
});
