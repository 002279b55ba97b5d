import { beforeAll, describe, expect, it } from "vitest";
import { videoAccepted } from "../../src/contract/videos.ts";
import { permissions } from "../../src/core/access/permissions.ts";
import { type Client, newClient, type Reply, read, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { type Holder, shopOrigin, withEmbedKey, withSecretKey } from "../support/keys.ts";
import { operationOf, served } from "../support/route-table.ts";
import { bodyOf } from "../support/videos.ts";

const studio = "https://studio.example";
const workbench = "http://localhost:5173";
const elsewhere = "https://elsewhere.example";
const { send } = holdQueue({ CORS_ORIGINS: ` ${studio}, ${workbench},` });
const nobody = newClient({ send });
const noVideo = "vid_00000000000000000000000000";

const preflight = (path: string, origin: string, method = "GET", client: Client = nobody) =>
  client.call("OPTIONS", path, {
    headers: {
      Origin: origin,
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": "authorization,content-type",
    },
  });

const corsOf = ({ headers }: Reply) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));
const variesBy = ({ headers }: Reply) => (headers.get("Vary") ?? "").split(", ");

const exposed = "X-Request-Id, RateLimit, RateLimit-Policy, Retry-After, Idempotent-Replayed";
const forStudio = (origin: string) => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": exposed,
});
const forShop = { "access-control-allow-origin": shopOrigin, "access-control-expose-headers": exposed };

let amina: Tenant;
let shop: Holder;
beforeAll(async () => {
  amina = await signUp({ send });
  shop = await withEmbedKey(amina, send);
});

describe("a preflight", () => {
  const asked = {
    "access-control-allow-methods": "GET, HEAD, POST, PATCH, PUT, DELETE",
    "access-control-allow-headers":
      "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-File-Name, X-Request-Id",
    "access-control-max-age": "600",
  };

  it.each([studio, workbench])("from %s is told that it may, with credentials", async (origin) => {
    for (const [path, method] of [
      ["/api/auth/login", "POST"],
      ["/api/videos", "POST"],
      [`/api/projects/prj_00000000000000000000000000`, "PATCH"],
    ] as const) {
      const reply = await preflight(path, origin, method);
      expect([reply.status, reply.text]).toEqual([204, ""]);
      expect(corsOf(reply)).toEqual({
        ...asked,
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
      });
      expect(variesBy(reply)).toContain("Origin");
    }
  });

  it("from anywhere is told that it may what embed keys may, without credentials, and nothing else", async () => {
    const byEmbedKey = (permission: keyof typeof permissions | null) =>
      permission !== null && (permissions[permission].by as readonly string[]).includes("embed_key");
    const open = served.filter((route) => {
      const { permission, opensByLink } = operationOf(route);
      // What a link opens is asked for by its link, without a header that needs a preflight; events may resume.
      return byEmbedKey(permission) && (opensByLink !== true || route.path.endsWith("/events"));
    });
    expect(open.length).toBeGreaterThan(5);
    for (const route of served) {
      const path = route.path.replace(":id", noVideo).replace(/:(secret|file.*|name)$/, "thing");
      const reply = await preflight(path, elsewhere, route.method);
      expect([route.path, reply.status]).toEqual([route.path, 204]);
      const expected = open.includes(route) ? { ...asked, "access-control-allow-origin": elsewhere } : {};
      expect([route.method, route.path, corsOf(reply)]).toEqual([route.method, route.path, expected]);
      expect(variesBy(reply)).toContain("Origin");
    }
  });

  it.each([
    `${studio}.elsewhere.example`,
    "https://studio.example:444",
    "http://studio.example",
    "https://STUDIO.example",
    `${studio}/`,
    `${studio},${workbench}`,
    "null",
    "",
  ])("from %j, which is none of ours, is told nothing", async (origin) => {
    expect(corsOf(await preflight("/api/auth/login", origin, "POST"))).toEqual({});
  });

  it("is not counted, needs no credential, and does nothing", async () => {
    const visitor = newClient({ send });
    const replies = await Promise.all(
      Array.from({ length: 70 }, () => preflight("/api/videos", studio, "POST", visitor)),
    );
    for (const reply of replies) {
      expect(reply.status).toBe(204);
      expect(reply.headers.has("RateLimit")).toBe(false);
    }
    const { headers } = await visitor.get("/api/billing/plans");
    expect(headers.get("RateLimit")).toContain("r=59");
  });

  it("is only what a browser sends: other OPTIONS find nothing", async () => {
    readProblem(await nobody.call("OPTIONS", "/api/videos", { headers: { Origin: studio } }), "not_found");
    readProblem(
      await nobody.call("OPTIONS", "/api/videos", { headers: { "Access-Control-Request-Method": "POST" } }),
      "not_found",
    );
  });
});

describe("an answer", () => {
  it.each([studio, workbench])("is %s's to read, refusals too", async (origin) => {
    const headers = { Origin: origin };
    const replies = [
      await nobody.get("/api/billing/plans", headers),
      await nobody.get("/api/credits/balance", headers),
      await nobody.get("/api/nowhere", headers),
      await nobody.post("/api/auth/login", {}, headers),
      await amina.get("/api/videos", headers),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 401, 404, 422, 200]);
    for (const reply of replies) {
      expect(corsOf(reply)).toEqual(forStudio(origin));
      expect(variesBy(reply)).toContain("Origin");
    }
  });

  it.each([{ Origin: elsewhere }, { Origin: "null" }, { Origin: shopOrigin }, {}])(
    "is no other page's: %j",
    async (headers) => {
      const replies = [
        await nobody.get("/api/billing/plans", headers),
        await amina.get("/api/videos", headers),
        await nobody.get("/api/credits/balance", headers),
        await (await withSecretKey(amina, send)).get("/api/videos", headers),
      ];
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 401, 200]);
      for (const reply of replies) {
        expect(corsOf(reply)).toEqual({});
        expect(variesBy(reply)).toContain("Origin");
      }
    },
  );

  it("by an embed key is its page's to read, refusals too, without credentials", async () => {
    const headers = { Origin: shopOrigin };
    const made = await shop.post("/api/videos", bodyOf("plain", 1), headers);
    const { id } = read(made, 202, videoAccepted);
    const replies = [
      made,
      await shop.get(`/api/videos/${id}`, headers),
      await shop.get(`/api/videos/${noVideo}`, headers),
      await shop.post("/api/videos", {}, headers),
      await shop.get("/api/credits/balance", headers),
    ];
    expect(replies.map(({ status }) => status)).toEqual([202, 200, 404, 422, 403]);
    for (const reply of replies) {
      expect(corsOf(reply)).toEqual(forShop);
      expect(variesBy(reply)).toContain("Origin");
    }
  });

  it("that refuses an embed key says so to whoever sent it, without credentials, and with nothing of anybody's", async () => {
    const mistyped = newClient({ send, token: `pk_${"0".repeat(38)}` });
    for (const origin of [elsewhere, "null"]) {
      const headers = { Origin: origin };
      const replies = [
        await shop.get(`/api/videos/${noVideo}`, headers),
        await shop.post("/api/videos", bodyOf("plain", 1), headers),
        await mistyped.get(`/api/videos/${noVideo}`, headers),
        await mistyped.post("/api/videos/quote", bodyOf("plain", 1), headers),
      ];
      expect(replies.map(({ status }) => status)).toEqual([403, 403, 401, 401]);
      for (const reply of replies) {
        expect(corsOf(reply)).toEqual({
          "access-control-allow-origin": origin,
          "access-control-expose-headers": exposed,
        });
        expect(variesBy(reply)).toContain("Origin");
        expect(reply.headers.has("Set-Cookie")).toBe(false);
      }
      expect(new Set(replies.slice(0, 2).map((reply) => readProblem(reply, "origin_not_allowed").detail)).size).toBe(1);
      for (const reply of replies.slice(2)) readProblem(reply, "unauthenticated");
    }
    // A page of ours may read that, as it may read all; the key is not for it all the same.
    const reply = await shop.get(`/api/videos/${noVideo}`, { Origin: studio });
    readProblem(reply, "origin_not_allowed");
    expect(corsOf(reply)).toEqual(forStudio(studio));
  });

  it("of anything else that such a page or key is refused is not its to read", async () => {
    const headers = { Origin: elsewhere };
    const secret = await withSecretKey(amina, send);
    const replies = [
      // What embed keys may not do; what a page asks without one, or with a session or a secret key; what a good key is answered.
      await shop.get("/api/credits/balance", headers),
      await shop.post("/api/projects", {}, headers),
      await nobody.get(`/api/videos/${noVideo}`, headers),
      await nobody.post("/api/videos", {}, headers),
      await newClient({ send, token: "sk_live_0" }).get(`/api/videos/${noVideo}`, headers),
      await newClient({ send, token: "pk_" }).get("/api/nowhere", headers),
      await secret.get("/api/videos", headers),
      await amina.get(`/api/videos/${noVideo}`, headers),
      await amina.post("/api/videos", {}, headers),
    ];
    for (const reply of replies) expect(corsOf(reply)).toEqual({});
  });

  it("that a link opens is everybody's, without credentials", async () => {
    const { urls } = read(await amina.post("/api/videos", bodyOf("plain", 1)), 202, videoAccepted);
    for (const origin of [studio, elsewhere]) {
      const response = await nobody.fetch("GET", urls.events, { headers: { Origin: origin } });
      expect(response.status).toBe(200);
      expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect(response.headers.has("Access-Control-Allow-Credentials")).toBe(false);
      await response.body?.cancel();
    }
  });

  it("that is a socket is left as it is", async () => {
    const { urls } = read(await amina.post("/api/videos", bodyOf("plain", 1)), 202, videoAccepted);
    const headers = { Origin: studio, Upgrade: "websocket" };
    const { status, webSocket } = await nobody.fetch("GET", urls.socket.replace(/^ws/, "http"), { headers });
    expect(status).toBe(101);
    webSocket?.accept();
    webSocket?.close();
  });
});

describe("CORS_ORIGINS", () => {
  it("left empty lets no page in", async () => {
    const closed = newClient({ send: holdQueue({ CORS_ORIGINS: "" }).send });
    expect(corsOf(await preflight("/api/auth/login", studio, "POST", closed))).toEqual({});
    expect(corsOf(await closed.get("/api/billing/plans", { Origin: studio }))).toEqual({});
  });

  it.each(["*", "https://*.example.com", "https://studio.example/", "studio.example", "null"])(
    "may not be %j",
    async (origins) => {
      const wrong = newClient({ send: holdQueue({ CORS_ORIGINS: origins }).send });
      await expect(wrong.get("/api/health")).rejects.toThrow(/CORS_ORIGINS.*exact origins/);
    },
  );
});
