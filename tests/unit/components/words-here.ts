/** Gives `t()` the real English words outside an extension; import it before anything that speaks. */

import messages from '../../../public/_locales/en/messages.json';

const table: { readonly [key: string]: { readonly message: string } } = messages;

function getMessage(key: string, substitutions: readonly string[] = []): string {
  return (table[key]?.message ?? '').replace(
    /\$(\d)/g,
    (_all, index: string) => substitutions[Number(index) - 1] ?? '',
  );
}

Object.assign(globalThis, {
  chrome: { runtime: { id: 'holdfast' }, i18n: { getMessage, getUILanguage: () => 'en-US' } },
});
