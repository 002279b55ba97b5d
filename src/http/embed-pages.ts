/** The script that other pages load, and the pages that show it at work. */
import { Hono, type Context as HonoContext } from "hono";
import { astellaDemo } from "./astella-demo.ts";
import { type DemoPage, demoPage, demoPolicy } from "./demo-page.ts";
import { embedDemo } from "./embed-demo.ts";
import type { HttpEnv } from "./http-env.ts";
import { operation } from "./operation.ts";

async function show(c: HonoContext<HttpEnv>, page: DemoPage) {
  c.header("Content-Security-Policy", await demoPolicy(c.env.deps.digests, page.script));
  c.header("Cache-Control", "no-cache");
  return c.html(demoPage(page));
}

export const embedRoutes = new Hono<HttpEnv>()
  .get(
    "/embed.js",
    operation({
      id: "getEmbedScript",
      summary: "The script that makes <shujaa-studio> work on a page",
      description: "`/embed/demo` shows how.",
      tag: "Service",
      permission: null,
      isForOtherPages: true,
      isRateLimited: false,
      answers: { 200: { description: "The script", contentType: "text/javascript" } },
    }),
    async (c) => {
      const response = await c.env.assets.fetch(c.req.raw);
      response.headers.set("Access-Control-Allow-Origin", "*");
      // Its name never changes: a page has a new one within minutes.
      response.headers.set("Cache-Control", "public, max-age=300");
      return response;
    },
  )
  .get(
    "/embed/demo",
    operation({
      id: "showEmbedDemo",
      summary: "The embed, to try and to copy",
      tag: "Service",
      permission: null,
      isRateLimited: false,
      answers: { 200: { description: "A page", contentType: "text/html" } },
    }),
    (c) => show(c, embedDemo),
  )
  .get(
    "/astella/demo",
    operation({
      id: "showAstellaDemo",
      summary: "Astella's client at work, as it is",
      tag: "Astella",
      permission: null,
      isRateLimited: false,
      answers: { 200: { description: "A page", contentType: "text/html" } },
    }),
    (c) => show(c, astellaDemo),
  );
