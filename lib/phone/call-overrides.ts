/** Options that one call may have otherwise than its line. */

import type { LineOptions, MediaOptions } from './line-options';
import type { DeviceId } from './model/ids';

export interface CallOverrides extends Partial<MediaOptions> {
  readonly debug?: LineOptions['debug'];
  readonly userVariables?: { readonly [key: string]: string | number | boolean };
  /** The microphone of this call. */
  readonly device?: DeviceId;
}

/** The line's options with this call's own in their place. */
export function withOverrides(options: LineOptions, overrides: CallOverrides = {}): LineOptions {
  const { debug, userVariables, device: _device, ...media } = overrides;
  return {
    ...options,
    media: { ...options.media, ...media },
    debug: debug ?? options.debug,
    account: userVariables === undefined ? options.account : { ...options.account, userVariables },
  };
}
