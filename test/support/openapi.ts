/** The service's own description of itself, and what tests ask of it. */
import { newClient } from "./api-client.ts";
import type { Route } from "./route-table.ts";

export type Schema = {
  $ref?: string;
  type?: string | string[];
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | Schema[];
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
};
export type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
export type Described = {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
export type OpenApi = {
  paths: Record<string, Record<string, Described>>;
  components: { schemas?: Record<string, Schema> };
};

export async function readOpenApi(): Promise<OpenApi> {
  return JSON.parse((await newClient().get("/openapi.json")).text) as OpenApi;
}

export const openApiPath = (path: string) => path.replace(/:(\w+)(\{.*\})?/g, "{$1}");

export function describedAs(document: OpenApi, route: Route): Described | undefined {
  return document.paths[openApiPath(route.path)]?.[route.method.toLowerCase()];
}

/** `vid` of `^vid_[0-9a-z]{26}$`; null: it is not the pattern of an id. */
export function idPrefix(schema: Schema | undefined): string | null {
  return /^\^([a-z]{3})_\[0-9a-z\]\{26\}\$$/.exec(schema?.pattern ?? "")?.[1] ?? null;
}

const nobodysId = "0".repeat(26);

/** The path with something in the place of each parameter that its route takes for possible: of ids, nobody's. */
export function concretePath(document: OpenApi, route: Route): string {
  const parameters = describedAs(document, route)?.parameters ?? [];
  return route.path.replace(/:(\w+)(\{.*\})?/g, (_whole, name: string, pattern: string | undefined) => {
    if (pattern !== undefined) return `vid_${nobodysId}.mp4`;
    const prefix = idPrefix(parameters.find((one) => one.in === "path" && one.name === name)?.schema);
    return prefix === null ? "nothing" : `${prefix}_${nobodysId}`;
  });
}
