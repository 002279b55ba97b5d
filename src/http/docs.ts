import { Hono } from "hono";
import { openAPIRouteHandler } from "hono-openapi";
import { originOf } from "./context.ts";
import type { HttpEnv } from "./http-env.ts";
import { operation } from "./operation.ts";
import { referencePage, referencePolicy } from "./reference-page.ts";

const description = `Send a prompt or scenes, get back a narrated, captioned MP4.

1. \`POST /api/auth/signup\` gives an account, 10 free credits and an access token.
2. \`POST /api/videos\` charges and queues a video. Send an \`Idempotency-Key\`, and a repeat never charges twice.
3. Follow \`urls.events\` (server-sent events), or ask \`GET /api/videos/{id}\`.
4. \`output.url\` is the MP4; poster, captions and word times are beside it.

Errors are RFC 9457 problem+json with a stable \`code\`. A video that fails or is cancelled gives its credits back by itself.
Fields may also be spelt in camelCase in requests. Times are ISO 8601 UTC.`;

const credentials =
  "An access token; a secret key (`sk_…`), for programs of yours; or an embed key (`pk_…`), for your pages, from which it makes videos and follows them.";

/**
 * The OpenAPI document of `app`'s routes, a page to read it and try it, and the guide that leads there (built by src/cli/build-guide.ts).
 * What they load is served from the assets: nothing comes from elsewhere.
 */
export function docsRoutes(app: Hono<HttpEnv>) {
  return new Hono<HttpEnv>()
    .get(
      "/openapi.json",
      operation({
        id: "getOpenApi",
        summary: "This document",
        tag: "Service",
        permission: null,
        isRateLimited: false,
        answers: { 200: { description: "OpenAPI 3.1" } },
      }),
      openAPIRouteHandler(app, {
        documentation: {
          openapi: "3.1.0",
          info: { title: "Shujaa Studio", version: "1", description },
          components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", description: credentials } } },
          tags: [
            { name: "Auth", description: "Accounts and sessions" },
            { name: "Account", description: "Keys, members, and what is kept of you" },
            { name: "Credits", description: "What can be spent, and where it went" },
            { name: "Payments", description: "Buy credits by card or by phone" },
            { name: "Billing", description: "Plans and subscriptions" },
            { name: "Usage", description: "What was used of a plan's limits" },
            { name: "Videos", description: "Make, follow and fetch videos" },
            { name: "Projects", description: "Scenes and options to work on, and to make videos of" },
            { name: "Images", description: "Images alone" },
            { name: "Assets", description: "Files of your own: upload or fetch, list, delete" },
            { name: "Admin", description: "For those who operate the service" },
            { name: "Astella", description: "Root paths kept for Astella" },
            { name: "Service", description: "Health, and these pages" },
          ],
        },
        defaultValidationErrorResponse: false,
        excludeStaticFile: false,
      }),
    )
    .get(
      "/docs",
      operation({
        id: "getDocs",
        summary: "How to use the API: quick start, errors, limits",
        tag: "Service",
        permission: null,
        isRateLimited: false,
        answers: { 200: { description: "A page", contentType: "text/html" } },
      }),
      async (c) => {
        const found = await c.env.assets.fetch(new URL("/docs", c.req.url));
        c.header("Content-Security-Policy", guidePolicy);
        c.header("Cache-Control", "no-cache");
        // Its code is to be copied: it names the service it is read at.
        return c.html((await found.text()).replaceAll(exampleOrigin, c.env.deps.publicUrl ?? originOf(c)));
      },
    )
    .get(
      "/docs/reference",
      operation({
        id: "getReference",
        summary: "Every call, to read and to try",
        tag: "Service",
        permission: null,
        isRateLimited: false,
        answers: { 200: { description: "A page", contentType: "text/html" } },
      }),
      async (c) => {
        c.header("Content-Security-Policy", await referencePolicy(c.env.deps.digests));
        c.header("Cache-Control", "public, max-age=300");
        return c.html(referencePage());
      },
    );
}

/** As the files of examples/ have it. */
const exampleOrigin = "http://127.0.0.1:8787";

/** Its own style and typeface, and no script. */
const guidePolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
