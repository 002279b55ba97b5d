import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from "../../../src/http/cookies.ts";
import type { HttpEnv } from "../../../src/http/http-env.ts";

const app = new Hono<HttpEnv>()
  .get("/set", (c) => {
    setRefreshCookie(c, "token");
    return c.body(null);
  })
  .get("/clear", (c) => {
    clearRefreshCookie(c);
    return c.body(null);
  })
  .get("/read", (c) => c.json(readRefreshCookie(c)));

async function ask(path: string, isProduction: boolean, cookie?: string): Promise<Response> {
  const headers = cookie === undefined ? {} : { Cookie: cookie };
  return app.request(path, { headers }, { deps: { isProduction } } as HttpEnv["Bindings"]);
}

describe("the refresh cookie", () => {
  it.each([
    [true, "__Host-shujaa_refresh=token; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Strict"],
    [false, "shujaa_refresh=token; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict"],
  ])(
    "in production (%s) is set with what guards it, and for no domain but this host",
    async (isProduction, expected) => {
      expect((await ask("/set", isProduction)).headers.getSetCookie()).toEqual([expected]);
    },
  );

  it.each([
    [true, "__Host-shujaa_refresh=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict"],
    [false, "shujaa_refresh=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict"],
  ])("in production (%s) is cleared under the path it was set for", async (isProduction, expected) => {
    expect((await ask("/clear", isProduction)).headers.getSetCookie()).toEqual([expected]);
  });

  it("of a developer's machine is none in production", async () => {
    expect(await (await ask("/read", true, "shujaa_refresh=token")).json()).toBeNull();
    expect(await (await ask("/read", true, "__Host-shujaa_refresh=token")).json()).toBe("token");
    expect(await (await ask("/read", false, "shujaa_refresh=token")).json()).toBe("token");
  });
});
