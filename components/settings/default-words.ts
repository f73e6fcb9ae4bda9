/** What an option is when nobody changes it, in words: the administrator's default where there is one, else our own. */

import { formatNumber, t } from '../../lib/extension/i18n';
import type { OptionRow } from '../../lib/extension/option-rows';
import { iceRows, showVariables } from '../../lib/extension/options-form';
import { showState } from '../../lib/extension/sent-form';
import type { LineOptions } from '../../lib/extension/stored';

/** @param choiceWord what a value of the row's list is called */
export function defaultWords(row: OptionRow, proposed: LineOptions, choiceWord: (choice: string) => string): string {
  switch (row.control) {
    case 'switch':
      return onOff(proposed[row.option] ?? row.default);
    case 'tries':
      return formatNumber(proposed.maxReconnectAttempts ?? row.default);
    case 'choice':
    case 'segments':
      return choiceWord(proposed[row.option] ?? row.default);
    case 'sound':
      return soundName(proposed[row.option] ?? '') || t(`options_adv_${row.id}_default`);
    case 'ice':
      return proposed.iceServers === undefined ? t('options_ice_provided') : addresses(proposed.iceServers);
    case 'microphone-wait': {
      const { enabled, timeout } = proposed.mediaPermissionsRecovery ?? { enabled: false, timeout: 0 };
      return enabled ? `${onOff(true)}, ${formatNumber(timeout / 1000)} ${t('options_seconds')}` : onOff(false);
    }
    case 'address':
      return [proposed.rtcIp, proposed.rtcPort].filter((part) => part !== undefined).join(':') || t('options_empty');
    case 'variables':
      return showVariables(proposed.userVariables).replaceAll('\n', ', ') || t('options_empty');
    case 'headers':
      return proposed.customHeaders?.map(({ name }) => name).join(', ') || t('options_empty');
    case 'state':
      return showState(proposed.clientState ?? '') || t('options_empty');
    case 'codecs':
      return proposed.preferred_codecs?.map(({ mimeType }) => mimeType).join(', ') || t('options_codecs_browser');
    default:
      return row satisfies never;
  }
}

function onOff(on: boolean): string {
  return t(on ? 'options_on' : 'options_off');
}

function addresses(servers: NonNullable<LineOptions['iceServers']>): string {
  return (
    iceRows(servers)
      .map(({ address }) => address)
      .join(', ') || t('options_empty')
  );
}

/** A sound inside the settings has no name of its own; none is the built-in one. */
function soundName(address: string): string {
  return address.startsWith('data:') ? t('options_sound_file') : address;
}
