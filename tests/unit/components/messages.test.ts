import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json';

const ROOT = fileURLToPath(new URL('../../../components', import.meta.url));
const table: { readonly [key: string]: { readonly message: string; readonly description?: string } } = messages;

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const code = sources(ROOT).join('\n');

describe('the words of the components', () => {
  it('exist for every key that is written out', () => {
    const asked = [...code.matchAll(/(?<![\w.])t\(\s*'([a-z0-9_]+)'/g)].map(([, key]) => key ?? '');
    expect(asked.length).toBeGreaterThan(200);
    expect([...new Set(asked)].filter((key) => !(key in table))).toEqual([]);
  });
  it('exist in every plural form of English', () => {
    const asked = [...code.matchAll(/(?<![\w.])plural\(\s*'([a-z0-9_]+)'/g)].map(([, key]) => key ?? '');
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((key) => !(`${key}_one` in table) || !(`${key}_other` in table))).toEqual([]);
  });
  it('explain to a translator every place that is filled in', () => {
    const popup =
      /^(home|call|incoming|hold|ended|two|merged|passing|transfer|audio|quality|recents|contact|assistant|bar|rope|say)_/;
    const silent = Object.entries(table).filter(
      ([key, { message, description }]) =>
        popup.test(key) && /\$\d/.test(message) && !/_(one|other)$/.test(key) && description === undefined,
    );
    expect(silent.map(([key]) => key)).toEqual([]);
  });
});
