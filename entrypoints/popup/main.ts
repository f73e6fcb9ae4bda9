/** The popup: wires the components to the extension. */

import { openView } from '../../components/popup/open';
import { frameDoors } from '../../lib/extension/frame-doors';
import { lendVoice } from '../../lib/extension/voice-lending';

lendVoice({ stays: false });
await openView(frameDoors('popup'));
