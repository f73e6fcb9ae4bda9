/** The first run: wires the components to the extension. The only page that may make the browser ask for the microphone. */

import { mount } from 'svelte';
import '../../components/theme.css';
import { followLook } from '../../lib/extension/page-look';
import Welcome from './Welcome.svelte';

await followLook();
const target = document.getElementById('app');
if (target !== null) mount(Welcome, { target });
