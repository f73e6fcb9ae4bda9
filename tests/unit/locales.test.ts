/** Holds every language to the same keys, places to fill and plural forms, and every key to a use in the code. */

import './components/words-here';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import ar from '../../public/_locales/ar/messages.json';
import de from '../../public/_locales/de/messages.json';
import en from '../../public/_locales/en/messages.json';
import es from '../../public/_locales/es/messages.json';
import fr from '../../public/_locales/fr/messages.json';
import ja from '../../public/_locales/ja/messages.json';
import pt from '../../public/_locales/pt/messages.json';
import { COMPUTED, expanded, PATTERN } from './locales/computed-keys';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOCALES = join(ROOT, 'public/_locales');
const FILES: { readonly [language: string]: { readonly [key: string]: { readonly message: string } } } = {
  ar,
  de,
  en,
  es,
  fr,
  ja,
  pt,
};
const LANGUAGES = Object.keys(FILES);
const FROM_THE_RIGHT = ['ar'];
/** Chrome refuses a manifest whose description is longer. */
const LONGEST_DESCRIPTION = 132;

type Words = ReadonlyMap<string, string>;

const words = new Map(LANGUAGES.map((language) => [language, wordsOf(language)]));
const english = of('en');
/** Keys without the form, for instance `ended_rang`: `plural()` adds it. */
const families = [...english.keys()]
  .filter((key) => key.endsWith('_other'))
  .map((key) => key.slice(0, -'_other'.length));
const code = ['lib', 'components', 'entrypoints'].map(sourcesIn).join('\n');
const manifest = readFileSync(join(ROOT, 'wxt.config.ts'), 'utf8');

function wordsOf(language: string): Words {
  return new Map(Object.entries(FILES[language] ?? {}).map(([key, { message }]) => [key, message]));
}

function of(language: string): Words {
  return words.get(language) ?? new Map();
}

function sourcesIn(folder: string): string {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ['.ts', '.svelte', '.html'].includes(extname(entry.name)))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

/** `null` where the key is no plural form. */
function familyOf(key: string): string | null {
  const family = key.replace(/_(?:zero|one|two|few|many|other)$/u, '');
  return family !== key && families.includes(family) ? family : null;
}

function placesIn(message: string): readonly string[] {
  return [...new Set(message.match(/\$\d/gu) ?? [])].sort();
}

/** What a language must have: the keys of English in their order, each family in the language's own forms. */
function expectedKeys(language: string): readonly string[] {
  const forms = ['zero', 'one', 'two', 'few', 'many', 'other'].filter((form) => formsOf(language).includes(form));
  return [
    ...new Set(
      [...english.keys()].flatMap((key) => {
        const family = familyOf(key);
        return family === null ? [key] : forms.map((form) => `${family}_${form}`);
      }),
    ),
  ];
}

function formsOf(language: string): readonly string[] {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories;
}

describe('the languages', () => {
  it('are the seven that are promised', () => {
    expect(readdirSync(LOCALES).sort()).toEqual(LANGUAGES);
  });

  describe.each(LANGUAGES)('%s', (language) => {
    const own = of(language);

    it('has each key of English and no other, in each of its plural forms', () => {
      expect([...own.keys()].sort()).toEqual([...expectedKeys(language)].sort());
    });

    it('says something under each key', () => {
      expect([...own].filter(([, message]) => message.trim() === '').map(([key]) => key)).toEqual([]);
    });

    it('fills in what English fills in', () => {
      const wrong = [...own].filter(([key, message]) => {
        const family = familyOf(key);
        const asked = placesIn(english.get(family === null ? key : `${family}_other`) ?? '');
        const places = placesIn(message);
        if (places.join() === asked.join()) return false;
        // A form that names its count, such as the Arabic two, need not write the figure.
        const without = asked.filter((place) => place !== '$1');
        return !(/_(?:zero|one|two)$/u.test(key) && family !== null && places.join() === without.join());
      });
      expect(wrong).toEqual([]);
    });

    it('names itself and its direction', () => {
      expect(own.get('locale')).toBe(language);
      expect(own.get('direction')).toBe(FROM_THE_RIGHT.includes(language) ? 'rtl' : 'ltr');
      expect(own.get('name')).toBe('Holdfast');
    });

    it('describes Holdfast within what a store shows', () => {
      expect(own.get('description')?.length).toBeLessThanOrEqual(LONGEST_DESCRIPTION);
    });

    it('begins the name of Swap with the word on its button', () => {
      expect(own.get('two_swap_name')?.startsWith(own.get('two_swap') ?? '?')).toBe(true);
    });
  });

  it('from the right keep what is filled in apart from the words around it', () => {
    const bare = FROM_THE_RIGHT.flatMap((language) =>
      [...of(language)].filter(
        ([key, message]) => key !== 'assistant_file' && /(?<!\u2068(?:https:\/\/)?)\$\d|\$\d(?!\u2069)/u.test(message),
      ),
    );
    expect(bare).toEqual([]);
  });
});

describe('the keys', () => {
  const patterns = [...code.matchAll(/`([^`\n]*\$\{[^`\n]*)`/gu)]
    .map(([, template = '']) => template.replace(/\$\{[^{}]*\}/gu, '*'))
    .filter((template) => PATTERN.test(template) && template !== '*_other');
  const computed = Object.entries(COMPUTED).flatMap(([pattern, fills]) => expanded(pattern, fills));

  it('are computed by the patterns that are listed, and by no other', () => {
    expect([...new Set(patterns)].sort()).toEqual(Object.keys(COMPUTED).sort());
  });

  it('are there for all that is computed', () => {
    expect([...new Set(computed)].filter((key) => !english.has(key)).sort()).toEqual([]);
  });

  it('are there for all that the manifest names', () => {
    const commands = [...manifest.matchAll(/command\('([a-z_]+)'/gu)].map(([, name = '']) => `command_${name}`);
    const named = [...manifest.matchAll(/__MSG_([a-z_]+)__/gu)].map(([, name = '']) => name);
    expect(commands.length).toBeGreaterThan(0);
    expect([...named, ...commands].filter((key) => !english.has(key))).toEqual([]);
  });

  it('are all used', () => {
    const literal = new Set([...code.matchAll(/['"]([A-Za-z0-9_]+)['"]/gu)].map(([, text = '']) => text));
    const inManifest = (key: string): boolean =>
      manifest.includes(`__MSG_${key}__`) || manifest.includes(`'${key.replace(/^command_/u, '')}'`);
    const used = (key: string): boolean => literal.has(key) || computed.includes(key) || inManifest(key);
    expect([...english.keys()].filter((key) => !used(familyOf(key) ?? key))).toEqual([]);
  });
});
