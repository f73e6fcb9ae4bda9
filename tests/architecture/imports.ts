/** Who imports whom, read from the syntax: static, re-exported, dynamic and `import('…')` in a type. */

import { posix } from 'node:path';
import ts from 'typescript';
import type { Source } from './sources';

export interface Import {
  readonly from: string;
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** The file it leads to, from the root; null for a package. */
  readonly to: string | null;
  readonly typeOnly: boolean;
}

/** The script of a Svelte component with everything else blanked, so that line numbers stay true. */
export function scriptOf(source: Source): string {
  if (!source.path.endsWith('.svelte')) return source.text;
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
  let script = '';
  let end = 0;
  for (const match of source.text.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
    const [, tag = '', body = ''] = match;
    script += blank(source.text.slice(end, match.index + tag.length)) + body;
    end = match.index + tag.length + body.length;
  }
  return script + blank(source.text.slice(end));
}

export function parse(source: Source): ts.SourceFile {
  return ts.createSourceFile(source.path, scriptOf(source), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

export function importsOf(source: Source, known: ReadonlySet<string>): Import[] {
  const file = parse(source);
  const found: Import[] = [];
  const add = (specifier: string, at: ts.Node, typeOnly: boolean): void => {
    const line = file.getLineAndCharacterOfPosition(at.getStart(file)).line + 1;
    found.push({ from: source.path, line, specifier, to: resolve(source.path, specifier, known), typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node, isTypeOnly(node.importClause));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : [];
      add(
        node.moduleSpecifier.text,
        node,
        node.isTypeOnly || (named.length > 0 && named.every((name) => name.isTypeOnly)),
      );
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) add(argument.text, node, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, node, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    !clause.name &&
    !!names &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((name) => name.isTypeOnly)
  );
}

function resolve(from: string, specifier: string, known: ReadonlySet<string>): string | null {
  const [bare = specifier] = specifier.split('?');
  // WXT's own spelling of the project's root.
  const base = bare.startsWith('@/') ? bare.slice(2) : posix.join(posix.dirname(from), bare);
  if (!specifier.startsWith('.') && !specifier.startsWith('@/')) return null;
  const candidates = [base, `${base}.ts`, `${base}/index.ts`, `${base}.svelte.ts`, base.replace(/\.js$/, '.ts')];
  return candidates.find((path) => known.has(path)) ?? base;
}
