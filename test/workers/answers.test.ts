/** What holds for every answer of every route, whatever it is about. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Ledger } from "../../src/core/credits/ledger.ts";
import { readEnv } from "../../src/env.ts";
import { app } from "../../src/http/app.ts";
import { wire } from "../../src/wiring.ts";
import { newClient, readProblem, type Send, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { concretePath, type OpenApi, readOpenApi } from "../support/openapi.ts";
import { named, operationOf, type Route, routes } from "../support/route-table.ts";
import { makeVideo, readVideo } from "../support/videos.ts";

let document: OpenApi;
beforeAll(async () => {
  document = await readOpenApi();
});
afterEach(() => vi.useRealTimers());

/** Changes nothing: nobody asks, and what is no JSON is taken by no route that lets everybody in. */
function knock(route: Route, send?: Send) {
  const path = concretePath(document, route);
  const json = { body: "{ this is no JSON", headers: { "Content-Type": "application/json" } };
  return newClient({ send }).call(route.method, path, route.method === "GET" ? {} : json);
}

describe("every answer tells browsers to keep it to themselves", () => {
  const always = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": expect.stringContaining("geolocation=()"),
  };
  const read = (headers: Headers) => Object.fromEntries(Object.keys(always).map((name) => [name, headers.get(name)]));

  it.each(named)("%s", async (_name, route) => {
    const { headers } = await knock(route);
    expect(read(headers)).toEqual(always);
    const { opensByLink, isForOtherPages } = operationOf(route);
    const isForOthers = opensByLink === true || isForOtherPages === true;
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe(isForOthers ? "cross-origin" : "same-origin");
    const policy = directivesOf(headers.get("Content-Security-Policy"));
    expect(policy["default-src"]).toEqual(["'none'"]);
    expect(policy["frame-ancestors"]).toEqual(["'none'"]);
    expect(policy["base-uri"]).toEqual(["'none'"]);
    const scripts = policy["script-src"] ?? [];
    expect(scripts).not.toContain("'unsafe-inline'");
    for (const source of Object.values(policy).flat()) expect(source).not.toMatch(/^(\*|https?:|\/\/)/);
    expect(headers.get("Cache-Control")).not.toBeNull();
  });

  it.each(["/nothing/here", "/", "/assets/nothing.js"])("and %s, which is no operation", async (path) => {
    const { headers } = await newClient().get(path);
    expect(read(headers)).toEqual(always);
    expect(directivesOf(headers.get("Content-Security-Policy"))["default-src"]).toEqual(["'none'"]);
  });

  it("and so do answers of every kind that succeed", async () => {
    const amina = await signUp();
    const { id } = await makeVideo(amina, "plain", 1);
    const { output } = await readVideo(amina, id);
    const poster = output?.poster_url ?? "";
    const etag = (await newClient().get(poster)).headers.get("ETag") ?? "";
    const preflight = { Origin: "https://pages.test", "Access-Control-Request-Method": "POST" };
    const answers = {
      "200": await amina.get("/api/auth/me"),
      "206": await newClient().get(poster, { Range: "bytes=0-9" }),
      "304": await newClient().get(poster, { "If-None-Match": etag }),
      "302": await newClient().get("/api/auth/oauth/google/start"),
      "204": await newClient().call("OPTIONS", "/api/videos", { headers: preflight }),
      "200 stream": await amina.get(`/api/videos/${id}/events`),
      "200 HEAD": await newClient().call("HEAD", poster),
    };
    for (const [kind, { status, headers }] of Object.entries(answers)) {
      expect(String(status), kind).toBe(kind.slice(0, 3));
      expect(read(headers), kind).toEqual(always);
      expect(directivesOf(headers.get("Content-Security-Policy"))["default-src"], kind).toEqual(["'none'"]);
    }
    expect(answers["206"].headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(answers["200"].headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
  });

  it("and only in production to come by https alone, for two years", async () => {
    const production = holdQueue({ ENVIRONMENT: "production", ...productionVariables });
    const asked = async (send?: Send) => (await newClient({ send }).get("/api/credits/packages")).headers;
    expect((await asked(production.send)).get("Strict-Transport-Security")).toBe("max-age=63072000; includeSubDomains");
    expect((await asked()).get("Strict-Transport-Security")).toBeNull();
  });

  it("and the page that needs a looser policy than others is the reference alone", async () => {
    const loose = [];
    for (const [name, route] of named) {
      const policy = (await knock(route)).headers.get("Content-Security-Policy") ?? "";
      if (policy.includes("unsafe-") && operationOf(route).opensByLink !== true) loose.push(name);
    }
    expect(loose).toEqual(["GET /docs/reference"]);
  });
});

/** Production asks money of the real providers alone, and here of nobody. */
const productionVariables = {
  STRIPE_API_BASE: "",
  STRIPE_SECRET_KEY: "",
  STRIPE_WEBHOOK_SECRET: "",
  MPESA_API_BASE: "https://api.safaricom.co.ke",
  GOOGLE_BASE: "",
  GITHUB_BASE: "",
};

function directivesOf(policy: string | null): Record<string, string[]> {
  const directives = (policy ?? "").split(";").map((one) => one.trim().split(/\s+/));
  return Object.fromEntries(directives.map(([name = "", ...sources]) => [name, sources]));
}

describe("a body larger than any request needs is refused", () => {
  const tooLarge = 3 * 1024 * 1024;
  /** Callbacks of M-Pesa are answered alike whatever comes, and read no further than 64 KiB. */
  const neverRefused = /^POST \/api\/payments\/(mpesa|phone)\/(callback|reversal|status)\//;
  const taking = named.filter(([name, { method }]) => method !== "GET" && !neverRefused.test(name));

  it.each(taking)("%s", async (_name, route) => {
    const body = new Uint8Array(tooLarge).fill(0x20);
    const headers = { "Content-Type": "application/json" };
    const caller = newClient();
    const reply = await caller.call(route.method, concretePath(document, route), { body, headers });
    readProblem(reply, "payload_too_large");
  });
});

describe("nobody waits for ever", () => {
  const never = new Promise<never>(() => undefined);

  /** The Worker, but for a ledger that says nothing. */
  const withSilentLedger: Send = (request) => {
    const wiring = wire(readEnv({ ...env }));
    const silent = new Proxy({} as Ledger, { get: () => () => never });
    const deps = { ...wiring.deps, ledger: () => silent };
    return Promise.resolve(app.fetch(request, { ...wiring, deps }, createExecutionContext()));
  };

  it("after 30 seconds a caller is told that it may still be done", async () => {
    const amina = await signUp();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const impatient = newClient({ token: amina.token, send: withSilentLedger });
    let hasAnswered = false;
    const answered = impatient.get("/api/credits/balance").finally(() => {
      hasAnswered = true;
    });
    await untilWaitedFor();
    await vi.advanceTimersByTimeAsync(29_900);
    expect(hasAnswered).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    const { detail } = readProblem(await answered, "service_unavailable");
    expect(detail).toContain("longer than 30 seconds");
    expect(detail).toContain("look before you try again");
  });

  it("and where more time was declared, later", async () => {
    const amina = await signUp();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const patient = newClient({ token: amina.token, send: withSilentLedger });
    let hasAnswered = false;
    const answered = patient.post("/api/images", { prompt: "A fishing boat" }).finally(() => {
      hasAnswered = true;
    });
    await untilWaitedFor();
    await vi.advanceTimersByTimeAsync(119_000);
    expect(hasAnswered).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    readProblem(await answered, "service_unavailable");
  });

  it("an answer in time leaves no timer behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const before = vi.getTimerCount();
    await newClient({ send: holdQueue().send }).get("/api/credits/packages");
    expect(vi.getTimerCount()).toBe(before);
  });

  it("only what takes in whole files is without a limit, and little has a longer one", () => {
    const declared = named.flatMap(([name, route]) => {
      const { timeLimitSeconds } = operationOf(route);
      return timeLimitSeconds === undefined ? [] : [[name, timeLimitSeconds]];
    });
    expect(Object.fromEntries(declared)).toEqual({
      "POST /api/assets": "unlimited",
      "POST /api/images": 120,
      "POST /api/generate-image": 120,
      "POST /generate-video": 60,
      "POST /api/admin/backups/:night/restore": 600,
    });
  });

  it("the limit stands before everything that could wait", () => {
    const everywhere = routes.find(({ method, path }) => method === "ALL" && path === "/*")?.handlers ?? [];
    expect(everywhere.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["requestLogMiddleware", "secureHeadersMiddleware", "limitTimeMiddleware"]),
    );
    expect(everywhere.findIndex(({ name }) => name === "limitTimeMiddleware")).toBeLessThan(
      everywhere.findIndex(({ name }) => name === "authenticateMiddleware"),
    );
  });

  /** Real time, for the request to reach what does not answer: the timer of the limit stands by then. */
  async function untilWaitedFor(): Promise<void> {
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    for (let turn = 0; turn < 50; turn += 1) await env.DB.prepare("SELECT 1").first();
  }
});
