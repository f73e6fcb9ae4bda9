/** Instruments in a page of ours that tries microphone and speaker: what it plays, where, and which microphones it holds open. */

import type { Page } from 'playwright';

interface Check {
  /** Every microphone that the page ever opened. */
  readonly microphones: MediaStreamTrack[];
  /** The speaker of what was played last; empty for the system's. */
  sink: string;
  /** The loudest frequencies of what was played so far, in Hz. */
  readonly heard: number[];
  /** How long the last microphone is open, in seconds of sound. */
  openFor(): number;
}
declare global {
  interface Window {
    check: Check;
  }
}

export class SoundCheck {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Before the page's clock is taken over, which these instruments do not follow. */
  static async in(page: Page): Promise<SoundCheck> {
    await page.evaluate(install);
    return new SoundCheck(page);
  }

  /** Was a tone near one of these ever heard here? */
  heard(...wanted: readonly number[]): Promise<boolean> {
    return this.#page.evaluate(
      (tones) => window.check.heard.some((hertz) => tones.some((tone) => Math.abs(hertz - tone) < 15)),
      wanted,
    );
  }
  openFor(): Promise<number> {
    return this.#page.evaluate(() => window.check.openFor());
  }
  sink(): Promise<string> {
    return this.#page.evaluate(() => window.check.sink);
  }
  /** How many microphones were opened so far, and how many of them still are. */
  microphones(): Promise<{ readonly opened: number; readonly open: number }> {
    return this.#page.evaluate(() => {
      const { microphones } = window.check;
      return {
        opened: microphones.length,
        open: microphones.filter(({ readyState }) => readyState === 'live').length,
      };
    });
  }
}

/** Runs in the page. What it plays passes an analyser on its way out. */
function install(): void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 8192 });
  analyser.connect(context.destination);
  const check: Check = {
    microphones: [],
    sink: '',
    heard: [],
    openFor: () => context.currentTime - opened,
  };
  let opened = 0;
  const bins = new Float32Array(analyser.frequencyBinCount);
  setInterval(() => {
    analyser.getFloatFrequencyData(bins);
    const loudest = bins.reduce((best, level, bin) => (level > (bins[best] ?? -Infinity) ? bin : best), 0);
    if ((bins[loudest] ?? -Infinity) > -70) check.heard.push((loudest * context.sampleRate) / analyser.fftSize);
  }, 40);
  window.check = check;
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    await context.resume();
    opened = context.currentTime;
    check.microphones.push(...stream.getTracks());
    return stream;
  };
  const prototype = HTMLMediaElement.prototype;
  const play = Reflect.get<HTMLMediaElement, 'play'>(prototype, 'play');
  prototype.play = function (this: HTMLAudioElement) {
    check.sink = this.sinkId;
    context.createMediaElementSource(this).connect(analyser);
    void context.resume();
    return play.call(this);
  };
}
