/** Every route of the app under test, so that what holds for all is asked of all: of those that come later, too. */
import { app } from "../../src/http/app.ts";
import { type Operation, operationSymbol } from "../../src/http/operation.ts";
import { studioRouteNames } from "../../src/http/studio-pages.ts";

export type Handler = (typeof app.routes)[number]["handler"];
export type Route = { method: string; path: string; handlers: Handler[] };

export const routes: Route[] = Array.from(
  Map.groupBy(app.routes, ({ method, path }) => `${method} ${path}`).values(),
  (entries) => ({
    method: entries[0]?.method ?? "",
    path: entries[0]?.path ?? "",
    handlers: entries.map(({ handler }) => handler),
  }),
);

/** What serves no operation: middleware of every path, the studio's pages, and the files of all pages. */
const exempt = ["ALL /*", "GET /assets/*", ...studioRouteNames];
export const served = routes.filter(({ method, path }) => !exempt.includes(`${method} ${path}`));

export function declaredBy(handler: Handler): Operation | undefined {
  return (handler as Handler & { [operationSymbol]?: Operation })[operationSymbol];
}

export function operationOf({ handlers }: Route): Operation {
  const [declared] = handlers.flatMap((handler) => declaredBy(handler) ?? []);
  if (declared === undefined) throw new Error("a route without an operation");
  return declared;
}

export const isForAdmins = (route: Route) => operationOf(route).permission?.startsWith("service.") === true;

/** Nobody gets in without a credential. */
export const isGuarded = ({ permission, opensByLink }: Operation) => permission !== null && opensByLink !== true;

export const named = served.map((route) => [`${route.method} ${route.path}`, route] as const);
