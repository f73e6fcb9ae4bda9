/** Does what a trouble's button says: the way from each remedy to the screen or command that mends it. */

import type { CallId } from '../../lib/phone/model/ids';
import { t } from '../../lib/extension/i18n';
import type { Phone } from '../phone.svelte';
import type { Remedy } from '../trouble';
import type { FrameDoors } from './frame';
import type { Shell } from './shell.svelte';
import { openTab } from './tab';
import type { LineId } from '../../lib/phone/model/ids';

export interface RemedyContext {
  readonly phone: Phone;
  readonly shell: Shell;
  readonly frame: FrameDoors;
  readonly line: LineId | null;
  readonly call: CallId | null;
  /** The number to call again, where there is one. */
  readonly number: string | null;
}

export async function mend(remedy: Remedy, context: RemedyContext): Promise<void> {
  const { phone, shell, frame, line, call, number } = context;
  phone.forgetFailure();
  switch (remedy) {
    case 'none':
      return;
    case 'allow-microphone':
      await phone.openPermissionPage();
      return;
    case 'choose-audio':
      if (call === null) await phone.openOptions('audio');
      else shell.sheet = 'audio';
      return;
    case 'call-again':
    case 'call-back':
      if (number !== null) await phone.dial({ to: number, ...(line === null ? {} : { line }) });
      return;
    case 'try-again':
      if (call !== null) await phone.resume(call);
      else if (line !== null) await phone.retry(line);
      return;
    case 'take-over':
      if (line !== null) await phone.takeOver(line);
      return;
    case 'edit':
      shell.draft = number ?? '';
      openTab('keypad', { phone, shell });
      return;
    case 'update-password':
    case 'sign-in':
    case 'renew':
    case 'add-account':
      await phone.openOptions('account');
      return;
    case 'settings':
      await phone.openOptions();
      return;
    case 'copy-report': {
      const report = await phone.report();
      if (report !== null && (await frame.copy(report))) shell.say({ text: t('quality_copied'), icon: 'check' });
      return;
    }
  }
  remedy satisfies never;
}
