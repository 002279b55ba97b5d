import type { Context as HonoContext } from "hono";
import { matchedRoutes } from "hono/route";
import type { HttpEnv } from "./http-env.ts";
import { type Operation, operationSymbol } from "./operation.ts";

/** What the route of this request has declared, before its turn has come; undefined: no route has its path. */
export function matchedOperation(c: HonoContext<HttpEnv>): Operation | undefined {
  for (const { handler } of matchedRoutes(c)) {
    const declared = (handler as { [operationSymbol]?: Operation })[operationSymbol];
    if (declared !== undefined) return declared;
  }
  return undefined;
}
