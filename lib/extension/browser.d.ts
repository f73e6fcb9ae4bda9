/** The two members of `browser` whose types WXT generates per project; spelled here so that plain `tsc` knows them. */

import 'wxt/browser';

declare module 'wxt/browser' {
  interface WxtRuntime {
    getURL(path: string): string;
  }
  interface WxtI18n {
    getMessage(key: string, substitutions?: string | string[]): string;
  }
}
