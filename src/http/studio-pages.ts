/** The studio's pages: one document, whose script shows the page of the address, and the files it is made of. */
import { Hono, type Context as HonoContext } from "hono";
import type { HttpEnv } from "./http-env.ts";

/** Every address the studio knows; what else is not there is refused as anywhere. */
const studioPaths = [
  "/",
  "/sign-in",
  "/create",
  "/videos/:id",
  "/library",
  "/projects",
  "/projects/:id",
  "/billing",
  "/usage",
  "/account",
  "/admin",
  "/admin/:part",
  "/deletions/:id",
] as const;

/** As a route table names them: pages are no operations of the API. */
export const studioRouteNames: readonly string[] = [
  ...studioPaths.map((path) => `GET ${path}`),
  "GET /assets/studio/*",
];

/** Its own script and style alone; films and pictures from here, or made in the page itself; nobody frames it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** A name with a digest of the content in it: whatever it holds, it holds for ever. */
const hashedName = /-[\w-]{8}\.\w+$/;

async function page(c: HonoContext<HttpEnv>): Promise<Response> {
  const response = await c.env.assets.fetch(new URL("/", c.req.url), { headers: { Accept: "text/html" } });
  response.headers.set("Content-Security-Policy", contentSecurityPolicy);
  // It names the files of one build: kept, it would ask for those of the last.
  response.headers.set("Cache-Control", "no-cache");
  return response;
}

async function file(c: HonoContext<HttpEnv>): Promise<Response> {
  const response = await c.env.assets.fetch(c.req.raw);
  if (!response.ok || !hashedName.test(c.req.path)) return response;
  response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

export const studioRoutes = new Hono<HttpEnv>().get("/assets/studio/*", file);
for (const path of studioPaths) studioRoutes.get(path, page);
