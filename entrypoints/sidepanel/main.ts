/** The side panel of Chrome, the sidebar of Firefox: the same components as the popup, with more room. */

import { openView } from '../../components/popup/open';
import { frameDoors } from '../../lib/extension/frame-doors';
import { lendVoice } from '../../lib/extension/voice-lending';

lendVoice({ stays: true });
await openView(frameDoors('sidepanel'));
