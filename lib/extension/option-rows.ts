/** The rows of the Advanced page: which connection option each sets, with what control, and the extension's own default. */

import type { LineOptions } from './stored';

export type OptionKey = keyof LineOptions;
export type OptionGroup = 'holding' | 'server' | 'path' | 'sounds' | 'debugging' | 'sent';

/** The options that hold exactly this type of value. */
type KeysOf<Value> = {
  [Key in OptionKey]-?: NonNullable<LineOptions[Key]> extends Value ? Key : never;
}[OptionKey];
export type SwitchOption = KeysOf<boolean>;

interface Row {
  /** Also the last part of the row's string keys: `options_adv_<id>`, `options_adv_<id>_help`. */
  readonly id: string;
  readonly group: OptionGroup;
  /** Every option that the row sets; its reset takes all of them away. */
  readonly sets: readonly OptionKey[];
}
export interface SwitchRow extends Row {
  readonly control: 'switch';
  readonly option: SwitchOption;
  readonly default: boolean;
}
export interface ChoiceRow extends Row {
  readonly control: 'choice' | 'segments';
  readonly option: 'region' | 'env' | 'debugOutput';
  /** Values; their words are `options_adv_<id>_<value>`, where the empty value is spelled `auto`. */
  readonly choices: readonly string[];
  readonly default: string;
}
export interface TriesRow extends Row {
  readonly control: 'tries';
  readonly option: 'maxReconnectAttempts';
  readonly default: number;
}
export interface SoundRow extends Row {
  readonly control: 'sound';
  readonly option: 'ringtoneFile' | 'ringbackFile';
}
/** Rows with a control of their own. */
export interface OwnRow extends Row {
  readonly control: 'address' | 'ice' | 'variables' | 'microphone-wait' | 'headers' | 'state' | 'codecs';
}
export type OptionRow = SwitchRow | ChoiceRow | TriesRow | SoundRow | OwnRow;

/** Region names as the reference lists them (telnyx-signaling, 1.1); the empty one is automatic routing. */
export const REGION_CHOICES = [
  '',
  'us-east',
  'us-central',
  'us-west',
  'ca-central',
  'eu',
  'apac',
  'south-asia',
] as const;

/** `sent` is set for each account by itself, the others for all of them. */
export const OPTION_GROUPS: readonly OptionGroup[] = ['holding', 'server', 'path', 'sounds', 'debugging', 'sent'];

export const OPTION_ROWS: readonly OptionRow[] = [
  toggle('holding', 'keepConnectionAliveOnSocketClose', true),
  toggle('holding', 'autoRecoverCalls', true),
  toggle('holding', 'autoReconnect', true),
  {
    id: 'maxReconnectAttempts',
    group: 'holding',
    sets: ['maxReconnectAttempts'],
    control: 'tries',
    option: 'maxReconnectAttempts',
    default: 10,
  },
  toggle('holding', 'hangupOnBeforeUnload', false),
  {
    id: 'region',
    group: 'server',
    sets: ['region'],
    control: 'choice',
    option: 'region',
    choices: REGION_CHOICES,
    default: '',
  },
  { id: 'address', group: 'server', sets: ['rtcIp', 'rtcPort'], control: 'address' },
  toggle('server', 'rtcHints', false),
  {
    id: 'env',
    group: 'server',
    sets: ['env'],
    control: 'segments',
    option: 'env',
    choices: ['production', 'development'],
    default: 'production',
  },
  toggle('server', 'useCanaryRtcServer', false),
  toggle('server', 'skipLastVoiceSdkId', false),
  toggle('server', 'pushWhenActive', false),
  { id: 'userVariables', group: 'server', sets: ['userVariables'], control: 'variables' },
  toggle('path', 'trickleIce', true),
  toggle('path', 'earlySdpAnswer', false),
  toggle('path', 'prefetchIceCandidates', false),
  toggle('path', 'forceRelayCandidate', false),
  { id: 'iceServers', group: 'path', sets: ['iceServers'], control: 'ice' },
  { id: 'ringtoneFile', group: 'sounds', sets: ['ringtoneFile'], control: 'sound', option: 'ringtoneFile' },
  { id: 'ringbackFile', group: 'sounds', sets: ['ringbackFile'], control: 'sound', option: 'ringbackFile' },
  toggle('sounds', 'mutedMicOnStart', false),
  { id: 'mediaPermissionsRecovery', group: 'sounds', sets: ['mediaPermissionsRecovery'], control: 'microphone-wait' },
  toggle('debugging', 'debug', false),
  {
    id: 'debugOutput',
    group: 'debugging',
    sets: ['debugOutput'],
    control: 'segments',
    option: 'debugOutput',
    choices: ['socket', 'file'],
    default: 'file',
  },
  { id: 'customHeaders', group: 'sent', sets: ['customHeaders'], control: 'headers' },
  { id: 'clientState', group: 'sent', sets: ['clientState'], control: 'state' },
  { id: 'preferred_codecs', group: 'sent', sets: ['preferred_codecs'], control: 'codecs' },
];

function toggle(group: OptionGroup, option: SwitchOption, byDefault: boolean): SwitchRow {
  return { id: option, group, sets: [option], control: 'switch', option, default: byDefault };
}
