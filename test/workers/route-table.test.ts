/** The route table itself: every route says what it is, guards before it validates, and stands in the document. */
import { exports } from "cloudflare:workers";
import { uniqueSymbol } from "hono-openapi";
import { describe, expect, test } from "vitest";
import { app } from "../../src/http/app.ts";
import { type Operation, operationSymbol } from "../../src/http/operation.ts";

type Route = { method: string; path: string; handlers: (object & Record<symbol, unknown>)[] };

/** Handlers of one method and path, in the order they run. */
const table: Route[] = [];
for (const { method, path, handler } of app.routes) {
  if (method === "ALL") continue;
  const known = table.find((route) => route.method === method && route.path === path);
  const marked = handler as unknown as Record<symbol, unknown>;
  if (known === undefined) table.push({ method, path, handlers: [marked] });
  else known.handlers.push(marked);
}

/** What browsers fetch and no caller calls. */
const undeclared = ["GET /assets/*", "GET /"];
const declared = table
  .filter(({ method, path }) => !undeclared.includes(`${method} ${path}`))
  .map((route) => {
    const place = route.handlers.findIndex((handler) => handler[operationSymbol] !== undefined);
    return { ...route, place, operation: route.handlers[place]?.[operationSymbol] as Operation | undefined };
  });

type Document = {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, unknown>; security: unknown[] }>
  >;
};
const document = (await (await exports.default.fetch("http://test/openapi.json")).json()) as Document;

/** Hono's spelling of a path, in OpenAPI's. */
const documented = (path: string) => path.replace(/:(\w+)(\{[^/]*\})?/g, "{$1}");

test("the table is whole", () => {
  expect(declared.length).toBeGreaterThan(25);
  const ids = declared.map(({ operation }) => operation?.id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(declared)("$method $path", ({ method, path, handlers, place, operation }) => {
  test("declares itself before anything of the request is read", () => {
    expect(operation).toBeDefined();
    const validator = handlers.findIndex((handler) => {
      const marks = handler[uniqueSymbol] as { target?: string } | undefined;
      return marks?.target !== undefined;
    });
    if (validator !== -1) expect(place).toBeLessThan(validator);
    expect(place).toBe(0);
  });

  test("stands in the document with its answers and refusals", () => {
    const entry = document.paths[documented(path)]?.[method.toLowerCase()];
    expect(entry?.operationId).toBe(operation?.id);
    for (const status of Object.keys(operation?.answers ?? {})) expect(entry?.responses).toHaveProperty(status);
    expect(entry?.responses).toHaveProperty("500");
    expect(entry?.security).toEqual(operation?.who === "anyone" ? [] : [{ bearer: [] }]);
  });
});

const guarded = declared.filter(({ operation }) => operation?.who !== "anyone");

test.each(guarded)("$method $path turns a stranger away before it validates", async ({ method, path }) => {
  const url = `http://test${path.replace(/:id/g, `vid_${"0".repeat(26)}`).replace(/:file.*/, `vid_${"0".repeat(26)}.mp4`)}`;
  for (const headers of [{}, { Authorization: "Bearer garbage" }, { Authorization: "Basic YTpi" }]) {
    const response = await exports.default.fetch(url, {
      method,
      headers: {
        ...headers,
        "CF-Connecting-IP": `${method} ${path}`,
      },
      ...(method === "POST" ? { body: "{not json" } : {}),
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toMatch(/^Bearer /);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(response.headers.get("X-Request-Id")).toBeTruthy();
    expect(await response.json()).toMatchObject({
      code: "unauthenticated",
      status: 401,
      instance: new URL(url).pathname,
    });
  }
});

test("the document is OpenAPI 3.1, and every reference in it leads somewhere", () => {
  expect(document.openapi).toBe("3.1.0");
  const references = Array.from(JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g), ([, path = ""]) => path);
  for (const reference of references) {
    const target = reference
      .split("/")
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect(target, reference).toBeDefined();
  }
});

test("what no route has is a problem, too", async () => {
  const response = await exports.default.fetch("http://test/api/nowhere");
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: "not_found", instance: "/api/nowhere" });
});
