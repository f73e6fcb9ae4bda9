/** Services for tests: each method does nothing unless the test says what. */

import type { BackgroundApi, EngineApi, PageApi } from '../../../lib/extension/contract';
import type { Service } from '../../../lib/extension/rpc';
import type { CallId } from '../../../lib/phone/model/ids';
import { snapshot } from './snapshots';

const nothing = (): void => undefined;
const aCall = (): CallId => 'call-0' as CallId;

export function engineOf(methods: Partial<Service<EngineApi>>): Service<EngineApi> {
  return {
    snapshot: () => snapshot(),
    dial: aCall,
    answer: nothing,
    decline: nothing,
    hangUp: nothing,
    hold: nothing,
    mute: nothing,
    sendDigits: nothing,
    silence: nothing,
    transfer: nothing,
    park: nothing,
    forgetParked: nothing,
    connect: nothing,
    merge: nothing,
    split: nothing,
    resume: nothing,
    retry: nothing,
    takeOver: nothing,
    tryCall: () => ({ codec: 'opus', tookMs: 400 }),
    type: nothing,
    write: nothing,
    dismiss: nothing,
    configure: nothing,
    leave: nothing,
    lookAtDevices: nothing,
    report: () => null,
    ...methods,
  };
}

export function backgroundOf(methods: Partial<Service<BackgroundApi>>): Service<BackgroundApi> {
  return {
    wakeEngine: nothing,
    settings: () => {
      throw new Error('not set by this test');
    },
    keepSession: nothing,
    keepParked: nothing,
    received: nothing,
    write: nothing,
    finished: nothing,
    dial: aCall,
    microphoneGranted: nothing,
    saveFile: nothing,
    openPermissionPage: nothing,
    openOptions: nothing,
    ...methods,
  };
}

export function pageOf(methods: Partial<Service<PageApi>>): Service<PageApi> {
  return {
    confirm: () => [],
    words: () => ({ before: '', after: '', look: 'underline' }),
    loadCard: () => undefined,
    about: () => ({ number: null, place: '', name: null, busyWith: null, line: null, atOnce: true }),
    dial: () => null,
    cancel: nothing,
    chooseCountry: nothing,
    refuse: nothing,
    unrefuse: nothing,
    openPhone: nothing,
    ...methods,
  };
}
