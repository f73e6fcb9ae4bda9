/** How code in this house is written: the strict rules everyone knows, and the house's own with the reason in each message. */

import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { importRules } from './scripts/lint/imports.js';
import { idioms } from './scripts/lint/idioms.js';
import { platformGlobals } from './scripts/lint/globals.js';

const here = fileURLToPath(new URL('.', import.meta.url));

const typed = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-base-to-string': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-for-in-array': 'error',
  '@typescript-eslint/no-implied-eval': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  // The reason of an AbortSignal is unknown, and ours.
  '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
  '@typescript-eslint/return-await': ['error', 'in-try-catch'],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

const everywhere = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  // Candidates and redaction read control characters on purpose.
  'no-control-regex': 'off',
  'no-constant-binary-expression': 'error',
  'no-eval': 'error',
  'no-new-func': 'error',
  'no-self-compare': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

export default defineConfig(
  { ignores: ['node_modules/', '.output/', '.wxt/', '.holdfast/', 'tests/transcripts/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: everywhere },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [...ts.configs.strict, ...ts.configs.stylistic],
    languageOptions: {
      globals: { ...globals.browser, ...globals.webextensions, ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: here, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      ...typed,
      // TypeScript says it better, with the types at hand.
      'no-undef': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // ESLint sees no types of other components; svelte-check does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      // The mirror of the engine is replaced whole, never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
      // ESLint does not see the warnings that svelte-check gives.
      'svelte/no-unused-svelte-ignore': 'off',
      // A component's props are constants that Svelte rebinds.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$state', '$derived'] }],
    },
  },
  // Vitest's matchers are of type any.
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  { files: ['tests/**/*.js'], languageOptions: { globals: globals.browser } },
  ...platformGlobals,
  ...importRules,
  ...idioms,
);
