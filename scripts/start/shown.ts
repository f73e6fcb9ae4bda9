/** What both ways of starting share. */

import type { Account } from '../../gateway/accounts';
import type { Gateway } from '../../gateway/gateway';
import type { Stage } from '../stage/chromium';
import type { Site } from '../stage/site';

export interface Shown {
  readonly gateway: Gateway;
  readonly site: Site;
  readonly stage: Stage;
  readonly account: Account;
  /** Where screenshots go. */
  readonly folder: string;
}
