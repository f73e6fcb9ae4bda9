/** Whether the person sees the phone at this moment: then no notification is needed. Chrome. */

/** The popup or the side panel is open. */
export async function isPhoneInFront(): Promise<boolean> {
  const { ContextType } = chrome.runtime;
  const open = await chrome.runtime.getContexts({ contextTypes: [ContextType.POPUP, ContextType.SIDE_PANEL] });
  return open.length > 0;
}
