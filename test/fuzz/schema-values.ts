/** Values that a JSON Schema describes, of /openapi.json or of the contract, as fast-check makes and shrinks them. */
import fc from "fast-check";

export type JsonSchema = {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema | JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
};

/** Stands for the id of a thing of that kind which the caller has: ids are new in every run, and a case must not be. */
export const thingOf = (prefix: string) => `{{${prefix}}}`;
/** Stands for what names a thing of the caller's otherwise: the name of the field that takes it. */
export const namedBy = (field: string) => `{{${field}}}`;

/** Where fetched files would come from: a stand-in's, or addresses that the guard refuses. Nothing goes anywhere else. */
const addresses = [
  "https://files.example.com/file?type=image/png",
  "https://files.example.com/redirect?to=http://127.0.0.1/",
  "http://127.0.0.1:1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://[::1]/",
  "https://rebind.example.com/file",
  "http://localhost:8788/health",
];

const words = ["Karibu dukani", "A market at dawn", "Jambo, dunia! 🎉", "Habari za asubuhi", "x"];

export type Known = {
  /** Prefixes of ids of which the caller has a thing. */
  prefixes: ReadonlySet<string>;
  /** Fields whose valid values no schema tells. */
  fields: Readonly<Record<string, string[]>>;
};

/** `field`: the name of the property or parameter whose value it is. */
export function describedValue(schema: JsonSchema, known: Known, field = ""): fc.Arbitrary<unknown> {
  const told = known.fields[field];
  if (told !== undefined && schema.enum === undefined && isText(schema)) return fc.constantFrom(...told);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fc.oneof(...branches.map((branch) => describedValue(branch, known, field)));
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return fc.oneof(...types.map((type) => valueOfType(type, schema, known, field)));
}

function isText({ type, anyOf }: JsonSchema): boolean {
  return type === "string" || anyOf?.some((branch) => branch.type === "string") === true;
}

function valueOfType(type: string | undefined, schema: JsonSchema, known: Known, field: string): fc.Arbitrary<unknown> {
  switch (type) {
    case "string":
      return textOf(schema, known);
    case "integer":
      return fc.integer({ min: leastOf(schema), max: Math.min(schema.maximum ?? 1_000, 2 ** 31) });
    case "number":
      return fc.double({ min: leastOf(schema), max: Math.min(schema.maximum ?? 1_000, 1e9), noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return arrayOf(schema, known, field);
    case "object":
      return objectOf(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function leastOf({ minimum, exclusiveMinimum }: JsonSchema): number {
  if (exclusiveMinimum !== undefined) return exclusiveMinimum + 1;
  return Math.max(minimum ?? 0, -(2 ** 31));
}

function arrayOf({ items, minItems = 0, maxItems = 3 }: JsonSchema, known: Known, field: string) {
  const item = Array.isArray(items) ? items[0] : items;
  const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) };
  return fc.array(describedValue(item ?? {}, known, field), bounds);
}

function objectOf({ properties = {}, required = [], additionalProperties }: JsonSchema, known: Known) {
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, describedValue(schema, known, name)] as const,
  );
  if (typeof additionalProperties === "object" && fields.length === 0) {
    const value = describedValue(additionalProperties, known);
    return fc.dictionary(fc.constantFrom("one", "two"), value, { maxKeys: 2, noNullPrototype: true });
  }
  const whole = Object.fromEntries(fields);
  const needed = required.filter((name) => name in whole);
  const others = Object.keys(whole).filter((name) => !needed.includes(name));
  // Of many fields few go together: all at once is a request that is never let in.
  return fc.subarray(others, { maxLength: Math.min(3, others.length) }).chain((chosen) => {
    const present = Object.fromEntries([...needed, ...chosen].map((name) => [name, whole[name] ?? fc.constant(null)]));
    return fc.record(present, { noNullPrototype: true });
  });
}

function textOf(schema: JsonSchema, known: Known): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = 200 } = schema;
  const prefix = /^\^([a-z]{3})_\[/.exec(pattern ?? "")?.[1];
  if (prefix !== undefined && known.prefixes.has(prefix)) return fc.constant(thingOf(prefix));
  if (format === "uri") return fc.constantFrom(...addresses);
  if (format === "date") return fc.constantFrom("2026-11-25", "2024-02-29", "1970-01-01", "9999-12-31");
  if (format === "date-time") return fc.constantFrom("2026-11-25T07:00:00Z", "2024-02-29T23:59:59.999Z");
  if (pattern !== undefined && !pattern.includes("\\p{")) return fc.stringMatching(new RegExp(pattern));
  const bounds = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 200)) };
  const fitting = words.filter(({ length }) => length >= minLength && length <= maxLength);
  const plain = fc.string({ ...bounds, unit: "grapheme-ascii" });
  return fitting.length === 0 ? plain : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fitting) }, plain);
}
