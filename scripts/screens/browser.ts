/** Stands in for `wxt/browser` while screens are drawn: words from the real messages.json, and nothing else. */

const wanted = new URLSearchParams(location.search);
/** Words of other languages are up to 40% longer; this makes them so. */
const longer = wanted.has('longer');
interface Words {
  readonly [key: string]: { readonly message: string };
}
const lang = wanted.get('lang') ?? 'en';
const read = import.meta.glob<Words>('../../public/_locales/*/messages.json', { import: 'default' });
const table = (await read[`../../public/_locales/${lang}/messages.json`]?.()) ?? {};

function getMessage(key: string, substitutions: readonly string[] | string = []): string {
  const message = table[key]?.message ?? '';
  const filled = message.replace(/\$(\d)/g, (_all, index: string) => [substitutions].flat()[Number(index) - 1] ?? '');
  return longer && key !== 'locale' && key !== 'direction' ? stretched(filled) : filled;
}

/** Vowels are doubled until the text is 40% longer. */
function stretched(text: string): string {
  let more = Math.ceil(text.length * 0.4);
  return text.replace(/[aeiou]/g, (vowel) => (more-- > 0 ? vowel + vowel : vowel));
}

export const browser = { i18n: { getMessage, getUILanguage: () => (lang === 'en' ? 'en-US' : lang) } };
