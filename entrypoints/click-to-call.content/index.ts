/** Click-to-call on a granted page: composes finding, asking, painting and the card, and leaves without a trace. */

import { defineContentScript } from 'wxt/utils/define-content-script';
import { ClickToCall } from './click-to-call';
import './style.css';

/** Called by the beginning that wxt.config.ts gives it. */
export function main(): void {
  ClickToCall.begin();
}

export default defineContentScript({
  // Registered at runtime for exactly the granted sites, so nothing is asked at install.
  matches: [],
  registration: 'runtime',
  main,
});
