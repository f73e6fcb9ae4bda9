/** The popup: wires the components to the extension. */

import { openView } from '../../components/popup/open';
import { frameDoors } from '../../lib/extension/frame-doors';

await openView(frameDoors('popup'));
