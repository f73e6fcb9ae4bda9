/** What the background does for our own pages and for the engine. */

import type { BackgroundApi, EngineApi } from '../../lib/extension/contract';
import type { Service } from '../../lib/extension/rpc';
import { download } from '../../lib/extension/downloads';
import { parkedCalls, resumes } from '../../lib/extension/memory';
import type { Remote } from '../../lib/extension/rpc';
import type { Dialler } from './dialler';
import { keepFinished } from './finished';
import { keepMessage, writeMessage } from './messages';
import { settingsForEngine } from './settings';
import { openOptions, openPermissionPage } from './windows';

export interface ServicePorts {
  readonly dialler: Dialler;
  readonly engine: Remote<EngineApi>;
  wakeEngine(): Promise<void>;
  /** One after another: two calls that end together are both counted. */
  schedule(work: () => Promise<void>): Promise<void>;
}

export function backgroundService({ dialler, engine, wakeEngine, schedule }: ServicePorts): Service<BackgroundApi> {
  return {
    wakeEngine,
    async settings() {
      const [settings, resume, parked] = await Promise.all([
        settingsForEngine(),
        resumes.getValue(),
        parkedCalls.getValue(),
      ]);
      return { settings, resume, parked };
    },
    keepSession: (resume) => resumes.setValue(resume),
    keepParked: (parked) => parkedCalls.setValue(parked),
    received: (message) => schedule(() => keepMessage(message)),
    write: (line, to, text) => writeMessage(engine, { line, to, text }),
    finished: (call) => schedule(() => keepFinished(call)),
    dial: (request) => dialler.dial(request),
    microphoneGranted: () => dialler.granted(),
    saveFile: download,
    openPermissionPage,
    openOptions,
  };
}
