/** Names of the browser that a file speaks: used as values, and not declared in the file itself. */

import ts from 'typescript';
import { parse } from './imports';
import type { Source } from './sources';

/** `file:line name` for each use of one of `names`. */
export function platformUses(source: Source, names: ReadonlySet<string>): string[] {
  const file = parse(source);
  const declared = new Set<string>();
  const used: { name: string; at: ts.Node }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node) && names.has(node.text)) {
      if (isDeclaration(node)) declared.add(node.text);
      else if (!isMereName(node)) used.push({ name: node.text, at: node });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return used
    .filter(({ name }) => !declared.has(name))
    .map(
      ({ name, at }) =>
        `${source.path}:${String(file.getLineAndCharacterOfPosition(at.getStart(file)).line + 1)} ${name}`,
    );
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    ((ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent)) &&
      parent.name === node) ||
    ts.isImportSpecifier(parent)
  );
}

/** A member of something else (`ports.navigator`, `{ document: 1 }`), or a word in a type: not the global. */
function isMereName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)) &&
      parent.name === node) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    (ts.isExpressionWithTypeArguments(parent) && ts.isInterfaceDeclaration(parent.parent.parent))
  );
}
