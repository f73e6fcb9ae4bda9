/** What differs between popup and side panel, and the doors out of both; the entrypoints fill it in. */

import { createContext } from 'svelte';

export interface FrameDoors {
  readonly kind: 'popup' | 'sidepanel';
  /** The page has a window of its own, whose title says whom the call is with. */
  readonly titled?: boolean;
  /** Opens the side panel and closes the popup; null where there is none to open. */
  readonly openPanel: (() => void) | null;
  /** Only this popup lends its microphone (Firefox): closed, it takes the voice along. */
  readonly lendsAlone?: () => boolean;
  /** Opens the window that lends the microphone (Firefox); absent in that window itself. */
  readonly openCallWindow?: () => void;
  /** Brings the tab of that address to the front, or opens it. */
  readonly openPage: (address: string) => void;
  /** Puts text on the clipboard; false where the browser refused. */
  readonly copy: (text: string) => Promise<boolean>;
  /** Offers text as a file to keep. */
  readonly save: (name: string, text: string) => void;
  /** Closes the popup; nothing in the side panel. */
  readonly close: () => void;
  /** Numbers found on the page in the active tab; null where none may be read. */
  readonly numbersOnPage: () => Promise<PageNumbers | null>;
  /** Calls back when another page is in front: false as it comes, true once it is there. Null where none can come; returns the stop. */
  readonly followPage: ((listener: (settled: boolean) => void) => () => void) | null;
}

export interface PageNumbers {
  readonly host: string;
  readonly numbers: readonly {
    readonly number: string;
    /** Dialled after the answer; empty for nothing. */
    readonly digits: string;
    readonly shown: string;
    /** The country that it is read in, where it could be a number of another one as well; else empty. */
    readonly place: string;
    readonly name: string | null;
  }[];
}

export const [getFrame, setFrame] = createContext<FrameDoors>();
