/** Where requests take ids, read from the OpenAPI document: in paths, in queries and anywhere in bodies. */
import { describedAs, idPrefix, type OpenApi, type Schema } from "./openapi.ts";
import type { Route } from "./route-table.ts";

export type Placement = {
  route: Route;
  name: string;
  where: "path" | "query" | "body";
  // Of a parameter, its name; of a field, its place in the body, with `*` for any item of a list.
  at: string;
  /** Of the kind of id that is wanted; null: it is known by its name alone. */
  prefix: string | null;
};

const looksLikeName = /(^|_)(ids?|token|secret|hash|cursor|key)$/;

export function placementsOf(document: OpenApi, name: string, route: Route): Placement[] {
  const { parameters = [], requestBody } = describedAs(document, route) ?? {};
  const found: Placement[] = [];
  for (const { in: where, name: at, schema } of parameters) {
    if (where !== "path" && where !== "query") continue;
    const prefix = idPrefix(schema);
    if (where === "path" || prefix !== null || looksLikeName.test(at)) found.push({ route, name, where, at, prefix });
  }
  const fields = new Map<string, string | null>();
  for (const { schema } of Object.values(requestBody?.content ?? {})) collect(document, schema, "", fields, []);
  for (const [at, prefix] of fields) found.push({ route, name, where: "body", at, prefix });
  return found;
}

function collect(
  document: OpenApi,
  schema: Schema,
  at: string,
  found: Map<string, string | null>,
  within: readonly string[],
): void {
  const reference = schema.$ref?.split("/").at(-1);
  if (reference !== undefined) {
    const meant = document.components.schemas?.[reference];
    if (meant !== undefined && !within.includes(reference)) collect(document, meant, at, found, [...within, reference]);
    return;
  }
  const prefix = idPrefix(schema);
  const isNamed = looksLikeName.test(at.split("/").at(-1) ?? "");
  if (prefix !== null || (isNamed && !found.has(at))) found.set(at, prefix);
  for (const [field, inner] of Object.entries(schema.properties ?? {}))
    collect(document, inner, `${at}/${field}`, found, within);
  for (const inner of [schema.items ?? [], schema.prefixItems ?? []].flat())
    collect(document, inner, `${at}/*`, found, within);
  for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    collect(document, inner, at, found, within);
  if (typeof schema.additionalProperties === "object")
    collect(document, schema.additionalProperties, `${at}/*`, found, within);
}

/** The body with a value at a place in it; `*` is the first item. */
export function placed(body: unknown, at: string, value: string): unknown {
  const [first, ...rest] = at.split("/").slice(1);
  if (first === undefined) return value;
  const inner = rest.length === 0 ? "" : `/${rest.join("/")}`;
  if (first === "*") {
    const [item, ...others] = Array.isArray(body) ? body : [];
    return [placed(item, inner, value), ...others];
  }
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  return { ...fields, [first]: placed(fields[first], inner, value) };
}
