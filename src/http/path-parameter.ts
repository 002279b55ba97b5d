import { createMiddleware } from "hono/factory";
import { resolver, uniqueSymbol } from "hono-openapi";
import { z } from "zod";
import type { HttpEnv } from "./http-env.ts";

/** Documents a part of the path that is a name and not an id; what is not the name of anything, the verb refuses. */
export function pathParameter(name: string) {
  const pass = createMiddleware<HttpEnv, string>(async function pathParameterMiddleware(_c, next) {
    await next();
  });
  const schema = z.object({ [name]: z.string().min(1) });
  return Object.assign(pass, { [uniqueSymbol]: { target: "param" as const, ...resolver(schema) } });
}
