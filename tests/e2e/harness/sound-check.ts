/** Instruments in a page of ours that tries microphone and speaker: what it plays, where, and which microphones it holds open. */

import type { Page } from 'playwright';

interface Check {
  /** Every microphone that the page ever opened. */
  readonly microphones: MediaStreamTrack[];
  /** The speaker of what was played last; empty for the system's. */
  sink: string;
  /** The loudest frequency of what is played now; null for silence. */
  hertz(): number | null;
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

  static async in(page: Page): Promise<SoundCheck> {
    await page.evaluate(install);
    return new SoundCheck(page);
  }

  hertz(): Promise<number | null> {
    return this.#page.evaluate(() => window.check.hertz());
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
    hertz() {
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const loudest = bins.reduce((best, level, bin) => (level > (bins[best] ?? -Infinity) ? bin : best), 0);
      return (bins[loudest] ?? -Infinity) < -70 ? null : (loudest * context.sampleRate) / analyser.fftSize;
    },
  };
  window.check = check;
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
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
