import { Hono } from "hono";
import { expect, it } from "vitest";
import { Refusal } from "../../../src/core/fail.ts";
import type { HttpEnv } from "../../../src/http/http-env.ts";
import { requireOwnPage } from "../../../src/http/same-origin.ts";

const app = new Hono<HttpEnv>()
  .post("/", (c) => {
    requireOwnPage(c);
    return c.text("let in");
  })
  .onError((error, c) => c.text(error instanceof Refusal ? error.code : "a bug"));

it.each<[string, Record<string, string>, string]>([
  ["a page of ours elsewhere, in any browser", { "Sec-Fetch-Site": "same-site", Origin: "https://app.test" }, "let in"],
  ["the same in an old one", { Origin: "https://app.test" }, "let in"],
  ["its neighbour", { "Sec-Fetch-Site": "same-site", Origin: "https://app.test.evil" }, "origin_not_allowed"],
  ["the same over plain http", { "Sec-Fetch-Site": "cross-site", Origin: "http://app.test" }, "origin_not_allowed"],
])("where CORS_ORIGINS names a page: %s", async (_name, headers, expected) => {
  const bindings = { deps: { corsOrigins: new Set(["https://app.test"]) } } as unknown as HttpEnv["Bindings"];
  const response = await app.request("https://api.test/", { method: "POST", headers }, bindings);
  expect(await response.text()).toBe(expected);
});
