/** What Chrome would mind of a policy, by the part of JSON Schema that its managed storage knows; pure. */

import schema from '../../public/managed-schema.json';

/** A part of the schema, read member by member. */
type Part = Readonly<Record<string, unknown>>;

/** Where Chrome would stop reading: `settings.country`. It leaves out the whole of `settings` or `defaults` for one of these. */
export function minds(value: unknown, part: Part = schema, path = ''): readonly string[] {
  const { type, enum: options, properties, additionalProperties, items, minimum, maximum } = resolved(part);
  if (typeof type === 'string' && !isOf(type, value)) return [path];
  if (Array.isArray(options) && !options.includes(value)) return [path];
  if (typeof value === 'number' && (below(value, minimum) || below(maximum, value))) return [path];
  if (Array.isArray(value)) return value.flatMap((entry, index) => minds(entry, fields(items), `${path}.${index}`));
  return Object.entries(fields(value)).flatMap(([key, member]) => {
    const known = fields(properties)[key] ?? additionalProperties;
    return minds(member, fields(known), path === '' ? key : `${path}.${key}`);
  });
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function below(one: unknown, other: unknown): boolean {
  return typeof one === 'number' && typeof other === 'number' && one < other;
}

/** A reference names the part that has that id, anywhere. */
function resolved(part: Part): Part {
  const { $ref: id } = part;
  return typeof id === 'string' ? (named(schema, id) ?? {}) : part;
}

function named(part: Part, id: string): Part | null {
  if (part['id'] === id) return part;
  for (const member of Object.values(part)) {
    const found = named(fields(member), id);
    if (found) return found;
  }
  return null;
}

function fields(value: unknown): Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
