import { createMiddleware } from "hono/factory";
import { resolver, uniqueSymbol } from "hono-openapi";
import { z } from "zod";
import { type IdKind, idSchema } from "../contract/ids.ts";
import { fail } from "../core/fail.ts";
import type { HttpEnv } from "./http-env.ts";

/** A path's `:id` that is no id of its kind names nothing: 404, as for one that is another tenant's. */
export function existing(kind: IdKind) {
  const schema = z.object({ id: idSchema(kind) });
  const check = createMiddleware<HttpEnv, `/${string}/:id`>(async function existingMiddleware(c, next) {
    if (!schema.safeParse({ id: c.req.param("id") }).success) fail("not_found", "There is nothing of this name.");
    await next();
  });
  return Object.assign(check, { [uniqueSymbol]: { target: "param" as const, ...resolver(schema) } });
}
