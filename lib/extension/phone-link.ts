/** What a page of ours wires its mirror of the phone to. */

import { follow } from './feed';
import { followLevels } from './levels';
import { lastSnapshot } from './memory';
import { remote } from './rpc';

export const phoneLink = {
  engine: remote('engine'),
  background: remote('background'),
  follow,
  cached: () => lastSnapshot.getValue(),
  levels: followLevels,
};
