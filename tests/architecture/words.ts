/** The words that the code and the documents must share: members of a union, keys of an interface, headings of a page. */

import ts from 'typescript';
import { parse } from './imports';
import type { Source } from './sources';

/** The string literals of `type NAME = 'a' | 'b'`. */
export function membersOf(source: Source, name: string): string[] {
  const members: string[] = [];
  for (const statement of parse(source).statements) {
    if (!ts.isTypeAliasDeclaration(statement) || statement.name.text !== name) continue;
    if (!ts.isUnionTypeNode(statement.type)) continue;
    for (const type of statement.type.types) {
      if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) members.push(type.literal.text);
    }
  }
  return members;
}

/** The property names of `interface NAME`. */
export function keysOf(source: Source, name: string): string[] {
  const declaration = parse(source).statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  return (declaration?.members ?? []).flatMap((member) =>
    member.name && ts.isIdentifier(member.name) ? [member.name.text] : [],
  );
}

/** Headings that are one word of code: ``### `login` ``. */
export function codeHeadings(document: string): string[] {
  return [...document.matchAll(/^#{2,4} `([^`]+)`$/gm)].map(([, word = '']) => word);
}
