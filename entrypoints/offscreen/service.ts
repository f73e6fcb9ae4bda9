/** The phone as the contract names it; every command waits until the newborn phone knows its lines. */

import type { EngineApi } from '../../lib/extension/contract';
import type { Service } from '../../lib/extension/rpc';
import type { Phone } from '../../lib/phone';

/** `born` settles when the phone has its settings; while it rejects, commands reject with the same. */
export function engineService(phone: Phone, born: Promise<void>): Service<EngineApi> {
  const later =
    <A extends readonly unknown[], R>(act: (...args: A) => R | Promise<R>) =>
    async (...args: A): Promise<R> => {
      await born;
      return act(...args);
    };
  return {
    snapshot: later(() => phone.snapshot()),
    dial: later((request) => phone.dial(request)),
    answer: later((call, how) => phone.answer(call, how)),
    decline: later((call, reason) => phone.decline(call, reason)),
    hangUp: later((call) => phone.hangUp(call)),
    hold: later((call, held) => phone.hold(call, held)),
    mute: later((call, muted) => phone.mute(call, muted)),
    sendDigits: later((call, digits) => phone.sendDigits(call, digits)),
    silence: later((call) => phone.silence(call)),
    transfer: later((call, to) => phone.transfer(call, to)),
    park: later((call) => phone.park(call)),
    forgetParked: later((line, place) => phone.forgetParked(line, place)),
    connect: later((call, other) => phone.connect(call, other)),
    merge: later((calls) => phone.merge(calls)),
    split: later((call) => phone.split(call)),
    resume: later((call) => phone.resume(call)),
    retry: later((line) => phone.retry(line)),
    takeOver: later((line) => phone.takeOver(line)),
    tryCall: later((line, to) => phone.tryCall(line, to)),
    type: later((call, text, pictures) => phone.type(call, text, pictures)),
    write: later((line, to, text) => phone.write(line, to, text)),
    dismiss: later((call) => phone.dismiss(call)),
    configure: later((settings) => phone.configure(settings)),
    leave: later(() => phone.leave()),
    lookAtDevices: later(() => phone.lookAtDevices()),
    report: later(() => phone.report()),
  };
}
