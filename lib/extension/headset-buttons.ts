/** The buttons of headsets at the engine's phone. Chrome: by WebHID, in the engine's own document. */

import { Headsets } from '../headset/headsets';
import type { Press } from '../headset/hearing';
import type { Hid } from '../headset/hid';
import type { Lamps } from '../headset/lamps';
import type { Phone } from '../phone';
import { PhoneError } from '../phone/model/errors';
import type { PhoneSnapshot } from '../phone/model/snapshot';
import type { Log } from '../phone/ports';
import { hidHere } from './headset-hid';
import { lampsFor, orderFor, type HeadsetOrder } from './headset-rules';
import { serveHeadsets, type HeadsetsAudience, type HeadsetsShown } from './headset-stream';

export interface HeadsetButtonsOptions {
  readonly phone: Pick<Phone, 'snapshot' | 'answer' | 'decline' | 'hangUp' | 'mute' | 'hold'>;
  readonly log: Log;
  /** A call was answered, and nobody was ever asked for the microphone. */
  askForMicrophone(): Promise<void>;
  /** In place of the browser's own. */
  readonly hid?: Hid | null;
}
export interface HeadsetButtons {
  /** Called with every snapshot: the lamps show the phone's truth, whoever changed it. */
  follow(snapshot: PhoneSnapshot): void;
}

/** In a test it is as in a call: many headsets keep their buttons to themselves otherwise. */
const TRIED: Lamps = { offHook: true, ring: false, mute: false, hold: false };

export function attachHeadsets({
  phone,
  log,
  askForMicrophone,
  hid = hidHere(),
}: HeadsetButtonsOptions): HeadsetButtons {
  if (hid === null) return { follow: () => undefined };
  const testers = new Set<HeadsetsAudience>();
  let heard: HeadsetsShown['heard'] = null;

  const obey = async (order: HeadsetOrder): Promise<void> => {
    switch (order.command) {
      case 'answer':
        return phone.answer(order.call);
      case 'decline':
        return phone.decline(order.call);
      case 'hangUp':
        return order.calls.forEach((call) => phone.hangUp(call));
      case 'mute':
        return order.calls.forEach((call) => phone.mute(call, order.muted));
      case 'hold':
        await Promise.all(order.calls.map((call) => phone.hold(call, order.held)));
    }
  };
  const act = async (press: Press, key: string): Promise<void> => {
    if (testers.size > 0) {
      heard = { key, press, count: (heard?.count ?? 0) + 1 };
      tell();
    }
    const order = orderFor(press, phone.snapshot().calls);
    log.info('a headset was pressed', { press, command: order?.command ?? null });
    if (order === null) return;
    try {
      await obey(order);
    } catch (thrown) {
      const { reason } = PhoneError.from(thrown);
      log.warn('what a headset asked for was refused', { command: order.command, reason });
      // Rings on; only a visible page can ask the person.
      if (reason === 'microphone-prompt') await askForMicrophone();
    }
  };

  const headsets = new Headsets({
    hid,
    log,
    now: () => Date.now(),
    onPress: (press, key) =>
      act(press, key)
        .catch((thrown: unknown) => log.error('a press on a headset failed', { thrown: String(thrown) }))
        .then(light),
    onChange: () => tell(),
  });
  const shown = (): HeadsetsShown => ({ headsets: headsets.views, heard });
  const light = (): void => headsets.show(lampsFor(phone.snapshot().calls) ?? (testers.size > 0 ? TRIED : null));
  const publish = serveHeadsets(shown, (page, what) => {
    if (what === 'look') return void headsets.look();
    if (what === 'test') testers.add(page);
    else testers.delete(page);
    heard = null;
    light();
    tell();
  });
  const tell = (): void => publish(shown());

  headsets.start();
  return { follow: light };
}
