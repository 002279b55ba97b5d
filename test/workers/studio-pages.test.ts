import { describe, expect, it } from "vitest";
import { newClient } from "../support/api-client.ts";

const client = newClient();

describe("the studio's pages", () => {
  it.each(["/", "/sign-in", "/create", "/videos/vid_00000000000000000000000000", "/library", "/billing", "/account"])(
    "%s is the one document, which runs its own script alone and stands in no frame",
    async (path) => {
      const { status, headers, text } = await client.get(path);
      expect(status).toBe(200);
      expect(headers.get("Content-Type")).toMatch(/^text\/html/);
      expect(headers.get("Cache-Control")).toBe("no-cache");
      const policy = headers.get("Content-Security-Policy") ?? "";
      for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
        expect(policy.split("; ")).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=/);
    },
  );

  it("keeps for ever only what is named by its content", async () => {
    const { text } = await client.get("/create");
    const [script = ""] = /\/assets\/studio\/index-[\w-]+\.js/.exec(text) ?? [];
    const hashed = await client.get(script);
    expect(hashed.status).toBe(200);
    expect(hashed.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    const plain = await client.get("/assets/studio/before-paint.js");
    expect(plain.status).toBe(200);
    expect(plain.headers.get("Cache-Control")).not.toMatch(/immutable/);
    const missing = await client.get("/assets/studio/index-00000000.js");
    expect(missing.status).toBe(404);
    expect(missing.headers.get("Cache-Control") ?? "").not.toMatch(/immutable/);
  });

  it("does not answer for what nobody knows", async () => {
    expect((await client.get("/no-such-page")).status).toBe(404);
    expect((await client.get("/api/no-such-thing")).status).toBe(404);
  });
});
