/** The house's idioms as syntax: what they forbid, and what to write instead. */

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'A union of literals says the same and vanishes at build time.',
};
const noDefault = { selector: 'ExportDefaultDeclaration', message: 'Export it by name, so that it is found by name.' };
const noHtml = {
  selector:
    "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/], CallExpression[callee.property.name='insertAdjacentHTML']",
  message: 'Text from elsewhere must stay text: use textContent, or build elements.',
};
const noMessageMatching = {
  selector:
    "BinaryExpression[operator=/^[!=]==?$/]:matches([left.property.name='message'][right.type='Literal'], [right.property.name='message'][left.type='Literal'])",
  message: 'Messages are for people. Compare error.reason.',
};
const noMessageSearching = {
  selector:
    "CallExpression[callee.property.name=/^(includes|startsWith|endsWith|match)$/][callee.object.property.name='message']",
  message: 'Messages are for people. Compare error.reason.',
};
const stateMovesInOnePlace = {
  selector:
    "AssignmentExpression[left.property.type='PrivateIdentifier'][left.property.name='state']:not(MethodDefinition[key.name='move'] AssignmentExpression):not(MethodDefinition[kind='constructor'] AssignmentExpression)",
  message: 'Only #move() assigns #state: compute with next(), accept or refuse, log, emit.',
};
/** A step, or a sequence of our own that is made of steps. */
const awaitsAreSteps = {
  selector:
    "AwaitExpression:not([argument.callee.object.type='ThisExpression'][argument.callee.property.type='PrivateIdentifier']):not(MethodDefinition[key.name='step'] AwaitExpression)",
  message: 'A call can end while it waits: await this.#step(…), which stops the sequence when it did.',
};
const readDoNotCast = {
  selector: "TSAsExpression:not([typeAnnotation.typeName.name='const'])",
  message: 'Unknown JSON is read, not believed: use fields.ts.',
};
const noSleep = {
  selector: "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout']",
  message: 'A sleep hides a race: wait for the condition (vi.waitFor, expect.poll, or an event).',
};

const everywhere = [noEnum, noMessageMatching, noMessageSearching];
const inProduct = (...rules) => ({ 'no-restricted-syntax': ['error', ...everywhere, noHtml, ...rules] });
const inTests = (...rules) => ({ 'no-restricted-syntax': ['error', ...everywhere, ...rules] });

export const idioms = [
  { files: ['**/*.{ts,svelte}'], rules: inProduct(noDefault) },
  { files: ['lib/phone/**/*.ts'], rules: inProduct(noDefault, stateMovesInOnePlace) },
  { files: ['lib/phone/dialects/**/*.ts'], rules: inProduct(noDefault, readDoNotCast) },
  {
    files: ['lib/phone/call.ts', 'lib/phone/call-{setup,orders}.ts'],
    rules: inProduct(noDefault, stateMovesInOnePlace, awaitsAreSteps),
  },
  { files: ['tests/**/*.test.ts'], rules: inTests(noDefault, noSleep) },
  // WXT and the tools ask these for a default export.
  { files: ['*.config.ts', 'entrypoints/**/*.ts'], rules: inProduct() },
];
