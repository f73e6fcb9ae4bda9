/** The router: wires everything on the first tick and owns nothing, since it may be killed at any moment. */

import { defineBackground } from 'wxt/utils/define-background';
import { browser } from 'wxt/browser';
import { backgroundReaders, pageReaders } from '../../lib/extension/arguments';
import { engineExists, ensureEngine } from '../../lib/extension/engine-host';
import { listen } from '../../lib/extension/feed';
import { listenToLifeline } from '../../lib/extension/lifeline';
import { createLog } from '../../lib/extension/log';
import { createChain, lastSnapshot, missedCalls, resumes, updateWaits, waiting } from '../../lib/extension/memory';
import { remote, serve } from '../../lib/extension/rpc';
import { followProposal, takeProposal } from '../../lib/extension/proposal';
import { policyProblems, readSettings, settings } from '../../lib/extension/settings';
import { spellBlocked } from './blocked';
import { listenToCommands } from './commands';
import { applySites, listenToGrants, refreshPages, returnToTabs } from './content-scripts';
import { Dialler } from './dialler';
import { isPhoneInFront } from './in-front';
import { forgetOld } from './finished';
import { guard, keepAlarm, listenForGuard } from './guard';
import { rememberKnown } from './known';
import { listenForLastWindow } from './last-window';
import { listenToMenu, makeMenu } from './menu';
import { listenToOmnibox } from './omnibox';
import { listenToPresses } from './notifications';
import { pageService } from './page-service';
import { press } from './presses';
import { countryFor, readRequest } from './reading';
import { clearWhenRead, forgetMessages } from './messages';
import { openAtRing } from './open-at-ring';
import { openPages } from './screen-pop';
import { backgroundService } from './services';
import { pushSettings, settingsForEngine } from './settings';
import { listenToUpdates, updateWhenIdle } from './update';
import { Watcher } from './watcher';
import { openPermissionPage, openWelcome } from './windows';

export default defineBackground({ type: 'module', persistent: true, main: start });

function start(): void {
  const log = createLog('background');
  const engine = remote('engine');
  const failed = (thrown: unknown): void => {
    log.error('work of the background failed', { thrown: String(thrown) });
  };
  const schedule = createChain(failed);
  const run = (work: () => Promise<unknown>): void => {
    work().catch(failed);
  };

  const wakeEngine = async (): Promise<void> => {
    await ensureEngine();
    await engine.snapshot();
  };
  const isNeeded = async (): Promise<boolean> =>
    (await settingsForEngine()).lines.length > 0 || (await resumes.getValue()).length > 0;
  const now = (): number => Date.now();
  const dialler = new Dialler({
    engine,
    wakeEngine,
    openPermissionPage,
    now,
    read: async (request, origin) => readRequest(request, await countryFor(origin)),
    waiting,
  });
  const dialText = async (text: string): Promise<void> => {
    await dialler.dial({ to: text });
  };
  const watcher = new Watcher({ log, schedule });
  const letUpdateIn = (): Promise<void> =>
    updateWhenIdle({
      waits: updateWaits,
      snapshot: () => lastSnapshot.getValue(),
      isPhoneInFront,
      reload: () => browser.runtime.reload(),
    });
  const keepUp = async (): Promise<void> => {
    await guard({ isNeeded, exists: engineExists, ensure: ensureEngine });
    await watcher.look();
    await letUpdateIn();
  };

  serve('background', backgroundReaders, () => backgroundService({ dialler, engine, wakeEngine, schedule }));
  serve('page', pageReaders, pageService({ engine, dialler, log, now }));
  const [pop, raise] = [createChain(failed), createChain(failed)];
  listen((snapshot) => {
    void watcher.take(snapshot);
    void pop(() => openPages(snapshot, now()));
    void raise(() => openAtRing(snapshot, now(), log));
  });
  rememberKnown();
  clearWhenRead(failed);
  listenToPresses((command, id) => press(command, id, { engine, dialler }), log);
  listenToCommands({ engine, dialler, log, dialText });
  listenToMenu(dialText, log);
  listenToOmnibox({ log, dialText });
  listenToGrants(() => run(applySites));
  listenForGuard(() => run(keepUp));
  listenToUpdates(updateWaits, letUpdateIn, run);
  listenToLifeline(() => run(keepUp));
  listenForLastWindow(() => void engine.leave().catch(() => undefined)); // No engine, no call.
  // A chain of its own: what follows a change waits for the other one.
  pushSettings(engine, createChain(failed), async () => {
    await applySites();
    await keepUp();
  });
  const forget = async (): Promise<void> => {
    await forgetOld((await readSettings()).calls, now());
    await forgetMessages(now());
  };
  settings.calls.watch(() => run(forget));
  settings.calls.watch(() => run(spellBlocked));
  settings.sites.watch(() => run(refreshPages));
  settings.country.watch(() => run(refreshPages));
  missedCalls.watch(() => void watcher.look());

  browser.runtime.onInstalled.addListener(({ reason }) => {
    run(makeMenu);
    run(returnToTabs);
    if (reason === 'install') run(openWelcome);
  });
  browser.runtime.onStartup.addListener(() => {
    run(makeMenu);
    run(forget);
  });

  followProposal();
  run(async () => {
    await takeProposal();
    const skipped = await policyProblems();
    if (skipped.length > 0) log.warn('an administrator’s setting does not fit', { skipped });
  });
  run(spellBlocked);
  run(keepAlarm);
  run(keepUp);
  run(applySites);
}
