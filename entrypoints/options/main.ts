/** The settings page: wires the components to the extension. */

import { mount } from 'svelte';
import '../../components/theme.css';
import { followLook } from '../../lib/extension/page-look';
import Options from './Options.svelte';

await followLook();
const target = document.getElementById('app');
if (target !== null) mount(Options, { target });
