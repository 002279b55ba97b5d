import { createExecutionContext, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../../src/http/app.ts";
import { type Operation, operationSymbol } from "../../src/http/operation.ts";
import worker from "../../src/worker.ts";
import {
  type Client,
  newClient,
  password,
  type Reply,
  readProblem,
  type Send,
  signUp,
  type Tenant,
} from "../support/api-client.ts";
import { readLimits, readPolicies } from "../support/rate-fields.ts";
import { makeVideo } from "../support/videos.ts";

/** The limits as they are shipped: other tests have wider ones. */
function limited(overrides: Record<string, unknown> = {}): Send {
  const bindings = { ...env, USER_REQUESTS_PER_SECOND: "", ...overrides };
  return async (request) =>
    worker.fetch(request as Request<unknown, IncomingRequestCfProperties>, bindings, createExecutionContext());
}
const send = limited();

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** In years to come, so that no alarm goes off by itself. */
let nowMs = Date.UTC(2033, 2, 8, 9);
function setClock(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
}
function pass(ms: number): void {
  nowMs += ms;
  setClock();
}
beforeEach(() => pass(2 * hourMs));
afterEach(() => vi.useRealTimers());

const statusesOf = (replies: readonly Reply[], status: number) => replies.filter((reply) => reply.status === status);
const repeat = (count: number, ask: () => Promise<Reply>) => Promise.all(Array.from({ length: count }, ask));
async function oneByOne(count: number, ask: () => Promise<Reply>): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (let asked = 0; asked < count; asked += 1) replies.push(await ask());
  return replies;
}
const balanceOf = (client: Client) => client.get("/api/credits/balance");
const packages = (client: Client) => client.get("/api/credits/packages");

/** Refused by this limit, saying so, and not before it is worth coming back. */
function expectRefused(reply: Reply, rateClass: string, words: RegExp): void {
  const problem = readProblem(reply, "rate_limited");
  expect(problem.detail).toMatch(words);
  expect(problem.detail).toContain("Nothing was done or charged");
  const limit = readLimits(reply)[rateClass];
  expect(limit?.remaining).toBe(0);
  expect(Number(reply.headers.get("Retry-After"))).toBeGreaterThanOrEqual(limit?.resetSeconds ?? Number.NaN);
}

describe("a user", () => {
  let amina: Tenant;
  beforeEach(async () => {
    amina = await signUp({ send });
  });

  it("has ten requests a second, to the millisecond", async () => {
    const replies = await oneByOne(10, () => balanceOf(amina));
    for (const [index, reply] of replies.entries()) {
      expect(reply.status).toBe(200);
      expect(readPolicies(reply)).toEqual({ user: { quota: 10, windowSeconds: 1 } });
      expect(readLimits(reply)).toEqual({ user: { remaining: 9 - index, resetSeconds: 1 } });
    }
    expectRefused(await balanceOf(amina), "user", /by this account: 10 a second.*try again in 1 second\.$/);
    pass(999);
    expectRefused(await balanceOf(amina), "user", /by this account/);
    pass(1);
    expect(statusesOf(await oneByOne(11, () => balanceOf(amina)), 200)).toHaveLength(10);
  });

  it("has ten of two hundred at once, and ten more a second later", async () => {
    const replies = await repeat(200, () => balanceOf(amina));
    expect(statusesOf(replies, 200)).toHaveLength(10);
    expect(statusesOf(replies, 429)).toHaveLength(190);
    pass(secondMs);
    expect(statusesOf(await repeat(30, () => balanceOf(amina)), 200)).toHaveLength(10);
  });

  it("gets no more around the turn of a second than within one", async () => {
    pass(900);
    expect(statusesOf(await repeat(10, () => balanceOf(amina)), 200)).toHaveLength(10);
    pass(200);
    expect(statusesOf(await repeat(10, () => balanceOf(amina)), 200)).toHaveLength(0);
  });

  it("does not share with another user behind the same address", async () => {
    const address = "198.51.100.7";
    const juma = await signUp({ send });
    const [first, second] = [amina, juma].map(({ token }) => newClient({ token, address, send }));
    if (first === undefined || second === undefined) throw new Error("there are two");
    const replies = await Promise.all([repeat(10, () => balanceOf(first)), repeat(10, () => balanceOf(second))]);
    expect(statusesOf(replies.flat(), 200)).toHaveLength(20);
    expect((await balanceOf(first)).status).toBe(429);
    // Nor with somebody there who is not signed in.
    expect(readLimits(await packages(newClient({ address, send })))).toMatchObject({ address: { remaining: 59 } });
  });

  it("shares with themselves on another device, wherever that is", async () => {
    const other = newClient({ token: await signIn(amina), address: "198.51.100.8", send });
    await repeat(6, () => balanceOf(amina));
    const replies = await repeat(6, () => balanceOf(other));
    expect(statusesOf(replies, 200)).toHaveLength(4);
  });

  it("loses and gains nothing when the object is evicted after a second of silence", async () => {
    await repeat(10, () => balanceOf(amina));
    pass(secondMs);
    await evictDurableObject(windowOf(`user:${amina.session.user.id}`));
    expect(statusesOf(await repeat(11, () => balanceOf(amina)), 200)).toHaveLength(10);
  });

  it("leaves nothing stored", async () => {
    await repeat(12, () => balanceOf(amina));
    expect(await storedIn(`user:${amina.session.user.id}`)).toEqual([]);
  });

  it("loses nothing to a token whose session was ended: that is counted by its address", async () => {
    const stolen = newClient({ token: await signIn(amina), send });
    expect((await stolen.post("/api/auth/logout")).status).toBe(204);
    pass(secondMs);
    const replies = await repeat(70, () => balanceOf(stolen));
    expect(statusesOf(replies, 401)).toHaveLength(60);
    for (const reply of statusesOf(replies, 401)) expect(Object.keys(readLimits(reply))).toEqual(["address"]);
    for (const reply of statusesOf(replies, 429)) expectRefused(reply, "address", /without signing in/);
    expect(readLimits(await balanceOf(amina))).toEqual({ user: { remaining: 9, resetSeconds: 1 } });
  });
});

describe("an address without credentials", () => {
  it("has sixty requests a minute, and one more as the first leaves", async () => {
    const visitor = newClient({ send });
    expect(readLimits(await packages(visitor))).toEqual({ address: { remaining: 59, resetSeconds: 60 } });
    pass(20 * secondMs);
    const replies = await repeat(59, () => packages(visitor));
    expect(statusesOf(replies, 200)).toHaveLength(59);
    expectRefused(await packages(visitor), "address", /60 a minute.*try again in 40 seconds/);
    pass(40 * secondMs - 1);
    expectRefused(await packages(visitor), "address", /try again in 1 second\./);
    pass(1);
    expect(statusesOf(await oneByOne(2, () => packages(visitor)), 200)).toHaveLength(1);
  });

  it("has sixty of two hundred at once", async () => {
    const replies = await repeat(200, () => packages(newClient({ address: "198.51.100.20", send })));
    expect(statusesOf(replies, 200)).toHaveLength(60);
  });

  it("cannot have another minute by pausing until the object is evicted", async () => {
    const visitor = newClient({ address: "198.51.100.21", send });
    await repeat(60, () => packages(visitor));
    pass(30 * secondMs);
    await evictDurableObject(windowOf("address:198.51.100.21"));
    expectRefused(await packages(visitor), "address", /try again in 30 seconds/);
  });

  it("leaves nothing behind a minute after its last request", async () => {
    const name = "address:198.51.100.22";
    const visitor = newClient({ address: "198.51.100.22", send });
    await packages(visitor);
    pass(59 * secondMs);
    await packages(visitor);
    pass(secondMs);
    // The first has left, the second has not.
    expect(await runDurableObjectAlarm(windowOf(name))).toBe(true);
    expect(await storedIn(name)).toHaveLength(1);
    pass(59 * secondMs);
    expect(await runDurableObjectAlarm(windowOf(name))).toBe(true);
    expect(await storedIn(name)).toEqual([]);
    expect(await runDurableObjectAlarm(windowOf(name))).toBe(false);
    expect(readLimits(await packages(visitor))).toMatchObject({ address: { remaining: 59 } });
  });

  it("is a whole /64 of IPv6, and not its neighbour", async () => {
    const [here, there, neighbour] = ["2001:db8:aa:1::1", "2001:db8:aa:1:9:8:7:6", "2001:db8:aa:2::1"].map((address) =>
      newClient({ address, send }),
    );
    if (here === undefined || there === undefined || neighbour === undefined) throw new Error("there are three");
    await repeat(60, () => packages(here));
    expect((await packages(there)).status).toBe(429);
    expect((await packages(neighbour)).status).toBe(200);
  });

  it("is what Cloudflare says, whatever a header of the caller's claims", async () => {
    const visitor = newClient({ send });
    let claimed = 0;
    const replies = await repeat(61, () => {
      claimed += 1;
      const address = `203.0.113.${claimed}`;
      const headers = { "X-Forwarded-For": address, "X-Real-IP": address, Forwarded: `for=${address}` };
      return visitor.get("/api/credits/packages", headers);
    });
    expect(statusesOf(replies, 429)).toHaveLength(1);
  });

  it("is where garbage for a token is counted", async () => {
    const visitor = newClient({ token: "garbage", send });
    const reply = await balanceOf(visitor);
    readProblem(reply, "unauthenticated");
    expect(readLimits(reply)).toEqual({ address: { remaining: 59, resetSeconds: 60 } });
  });
});

describe("a tighter limit", () => {
  it.each<[string, string, string, number, number]>([
    ["sign-ins", "/api/auth/login", "sign_in", 20, minuteMs],
    ["sign-ins by Astella's path", "/login", "sign_in", 20, minuteMs],
    ["new accounts", "/api/auth/signup", "sign_up", 20, hourMs],
    ["new accounts by Astella's path", "/register", "sign_up", 20, hourMs],
  ])("holds for %s, beside the one of the address", async (_name, path, rateClass, quota, windowMs) => {
    const visitor = newClient({ send });
    const attempt = () => visitor.post(path, {});
    const first = await attempt();
    readProblem(first, "validation_failed");
    expect(readPolicies(first)).toEqual({
      address: { quota: 60, windowSeconds: 60 },
      [rateClass]: { quota, windowSeconds: windowMs / secondMs },
    });
    expect(readLimits(first)).toEqual({
      address: { remaining: 59, resetSeconds: 60 },
      [rateClass]: { remaining: quota - 1, resetSeconds: windowMs / secondMs },
    });
    expect(statusesOf(await repeat(39, attempt), 422)).toHaveLength(quota - 1);
    expectRefused(await attempt(), rateClass, /from this address: 20 an? (minute|hour) are possible/);
    expect((await packages(visitor)).status).toBe(200);
    pass(windowMs - 1);
    expect((await attempt()).status).toBe(429);
    pass(1);
    expect(statusesOf(await repeat(quota + 5, attempt), 422)).toHaveLength(quota);
  });

  it("is one for both paths to the same thing", async () => {
    const visitor = newClient({ send });
    await repeat(20, () => visitor.post("/api/auth/signup", {}));
    expect((await visitor.post("/register", {})).status).toBe(429);
    // And another for another thing.
    readProblem(await visitor.post("/login", {}), "validation_failed");
  });

  it("of an hour outlives the object", async () => {
    const visitor = newClient({ address: "198.51.100.30", send });
    await repeat(20, () => visitor.post("/api/auth/signup", {}));
    pass(50 * minuteMs);
    await evictDurableObject(windowOf("sign_up:198.51.100.30"));
    expectRefused(await visitor.post("/api/auth/signup", {}), "sign_up", /20 an hour.*try again in 10 minutes/);
  });

  it("is not used up by what the wider one refuses", async () => {
    const visitor = newClient({ send });
    await repeat(60, () => packages(visitor));
    for (const reply of await repeat(15, () => visitor.post("/api/auth/signup", {})))
      expectRefused(reply, "address", /without signing in/);
    pass(minuteMs);
    expect(readLimits(await visitor.post("/api/auth/signup", {})).sign_up?.remaining).toBe(19);
  });

  it("holds for payments, by user: thirty a minute, of whatever kind", async () => {
    const amina = await signUp({ send });
    const paths = ["/api/payments/mpesa", "/api/billing/mpesa", "/purchase-credits", "/api/payments/create-intent"];
    const attempt = (path: string) => {
      pass(200);
      return amina.post(path, {});
    };
    for (const [index, path] of Array.from({ length: 30 }, (_, place) => paths[place % 4] ?? "").entries()) {
      const reply = await attempt(path);
      readProblem(reply, "validation_failed");
      expect(readPolicies(reply)).toEqual({
        user: { quota: 10, windowSeconds: 1 },
        payment: { quota: 30, windowSeconds: 60 },
      });
      expect(readLimits(reply).payment?.remaining).toBe(29 - index);
    }
    for (const path of paths) expectRefused(await attempt(path), "payment", /Too many payments begun by this account/);
    const juma = await signUp({ send });
    readProblem(await juma.post("/api/payments/mpesa", {}), "validation_failed");
    expect((await balanceOf(amina)).status).toBe(200);
  });

  it("is not asked of who may not come in anyway", async () => {
    const visitor = newClient({ send });
    const reply = await visitor.post("/api/payments/mpesa", {});
    readProblem(reply, "unauthenticated");
    expect(Object.keys(readPolicies(reply))).toEqual(["address"]);
  });

  it("by address leaves a developer's machine alone, where everything has one address", async () => {
    const local = newClient({ address: "127.0.0.1", send });
    const replies = await repeat(30, () => local.post("/api/auth/signup", {}));
    expect(statusesOf(replies, 422)).toHaveLength(30);
    for (const reply of replies) expect(Object.keys(readPolicies(reply))).toEqual(["address"]);
    expect(statusesOf(await repeat(40, () => packages(local)), 429)).toHaveLength(10);
  });

  it("is declared by every operation that signs in, signs up or begins a payment", () => {
    const wanted: [RegExp, string][] = [
      [/\/(signup|register)$/, "sign_up"],
      [/\/(login|reauthenticate|password\/(change|reset)|magic-link\/(request|verify))$/, "sign_in"],
      [/\/(mpesa|create-intent|checkout|billing\/change|purchase-credits)$/, "payment"],
    ];
    const declared = app.routes.flatMap(({ method, path, handler }) => {
      const operation = (handler as typeof handler & { [operationSymbol]?: Operation })[operationSymbol];
      return operation === undefined || method !== "POST" ? [] : [{ path, rate: operation.rate }];
    });
    expect(declared.length).toBeGreaterThan(20);
    for (const [pattern, rate] of wanted) {
      const matching = declared.filter(({ path }) => pattern.test(path));
      expect(matching.length, String(pattern)).toBeGreaterThanOrEqual(2);
      for (const one of matching) expect(one).toEqual({ ...one, rate });
    }
  });
});

describe("every limited answer tells its limits", () => {
  it("whatever it is", async () => {
    const amina = await signUp({ send });
    const answers: [Reply, number][] = [
      [await amina.get("/api/auth/me"), 200],
      [await amina.post("/api/videos", {}), 422],
      [await amina.get(`/api/videos/vid_${"0".repeat(26)}`), 404],
      [await amina.get("/api/admin/users"), 403],
      [await amina.post("/api/credits/calculate-cost", "x"), 422],
      [await amina.get("/api/credits/transactions", { Accept: "text/csv" }), 200],
    ];
    for (const [index, [reply, status]] of answers.entries()) {
      expect(reply.status).toBe(status);
      expect(readLimits(reply)).toEqual({ user: { remaining: 9 - index, resetSeconds: 1 } });
    }
  });

  it("a stream of events too", async () => {
    vi.useRealTimers();
    const amina = await signUp();
    const { id } = await makeVideo(amina, "plain", 1);
    const response = await newClient({ token: amina.token, send }).fetch("GET", `/api/videos/${id}/events`);
    expect(response.headers.get("Content-Type")).toMatch(/^text\/event-stream/);
    expect(response.headers.get("RateLimit")).toMatch(/^"user";r=\d;t=1$/);
    expect(await response.text()).toContain("event: succeeded");
  });

  it("and what is not limited tells none, and stays open", async () => {
    const visitor = newClient({ send });
    await repeat(60, () => packages(visitor));
    const paths = ["/api/health", "/openapi.json", `/watch/vid_${"0".repeat(26)}.mp4`];
    const replies = [
      ...(await Promise.all(paths.map((path) => visitor.get(path)))),
      ...(await repeat(70, () => visitor.post("/api/payments/mpesa/callback/guessed", {}))),
      ...(await repeat(70, () => visitor.post("/api/payments/webhook", {}))),
    ];
    for (const reply of replies) {
      expect(reply.status).not.toBe(429);
      expect([readPolicies(reply), readLimits(reply)]).toEqual([{}, {}]);
    }
  });
});

describe("without the object", () => {
  function withObject(stub: object, overrides: Record<string, unknown> = {}): Send {
    return limited({ RATE_WINDOW: { idFromName: (name: string) => name, get: () => stub }, ...overrides });
  }
  const broken = { take: () => Promise.reject(new Error("the object is away")) };
  const silent = { take: () => new Promise(() => undefined) };

  it("the service stays up, says what it goes by but not what is left, and the log knows", async () => {
    const warn = vi.spyOn(console, "warn");
    const amina = await signUp({ send: withObject(broken) });
    const replies = await repeat(30, () => balanceOf(amina));
    for (const reply of replies) {
      expect(reply.status).toBe(200);
      expect(readPolicies(reply)).toEqual({ user: { quota: 10, windowSeconds: 1 } });
      expect(reply.headers.has("RateLimit")).toBe(false);
    }
    const lines = warn.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines).toContainEqual({
      level: "warn",
      event: "rate_window_away",
      rate_class: "user",
      reason: "the object is away",
    });
    // Neither who it was nor where they were.
    expect(JSON.stringify(lines)).not.toMatch(/usr_|2001:/);
    warn.mockRestore();
  });

  it("that does not answer, it waits a second and no longer", async () => {
    vi.useRealTimers();
    const startedAtMs = Date.now();
    expect((await packages(newClient({ send: withObject(silent) }))).status).toBe(200);
    const tookMs = Date.now() - startedAtMs;
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(2500);
  });

  it.each([
    ["RATE_LIMIT_USER", "user", 10, /^ses_/],
    ["RATE_LIMIT_ADDRESS", "address", 60, /^2001:db8:.*::\/64$/],
  ])("the shield still holds off a flood: %s", async (name, rateClass, seconds, who) => {
    const amina = await signUp({ send });
    const keys: string[] = [];
    const shut = { limit: async ({ key }: { key: string }) => ({ success: keys.push(key) <= 3 }) };
    const { token } = rateClass === "user" ? amina : { token: null };
    const client = newClient({ token, send: withObject(broken, { [name]: shut }) });
    const replies = await oneByOne(5, () => packages(client));
    expect(statusesOf(replies, 200)).toHaveLength(3);
    for (const reply of statusesOf(replies, 429)) {
      readProblem(reply, "rate_limited");
      expect(reply.headers.get("Retry-After")).toBe(String(seconds));
      expect(readLimits(reply)).toEqual({ [rateClass]: { remaining: 0, resetSeconds: seconds } });
    }
    // Not by user: what floods with one token shuts out none of the same user's others.
    for (const key of keys) expect(key).toMatch(who);
  });
});

describe("counting a user", () => {
  it("does not lengthen the way: neither it nor the session's read waits for the other", async () => {
    const amina = await signUp({ send });
    const begun = { count: Promise.withResolvers<void>(), read: Promise.withResolvers<void>() };
    const namespace = {
      idFromName: (name: string) => env.RATE_WINDOW.idFromName(name),
      get: (id: DurableObjectId) => ({
        async take(rule: { limit: number; windowMs: number }) {
          begun.count.resolve();
          await begun.read.promise;
          return env.RATE_WINDOW.get(id).take(rule);
        },
      }),
    };
    const database = watchReads(env.DB, async () => {
      begun.read.resolve();
      await begun.count.promise;
    });
    const reply = await balanceOf(
      newClient({ token: amina.token, send: limited({ RATE_WINDOW: namespace, DB: database }) }),
    );
    expect(reply.status).toBe(200);
    expect(readLimits(reply)).toEqual({ user: { remaining: 9, resetSeconds: 1 } });
  }, 10_000);
});

/** The database, but with `onRead` awaited before the rows of any query are handed on. */
function watchReads(database: D1Database, onRead: () => Promise<void>): D1Database {
  const watched = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => watched(target.bind(...values));
        if (name !== "raw") return Reflect.get(target, name);
        return async () => {
          await onRead();
          return target.raw();
        };
      },
    });
  return new Proxy(database, {
    get(target, name) {
      if (name === "prepare") return (query: string) => watched(target.prepare(query));
      return Reflect.get(target, name);
    },
  });
}

function windowOf(name: string) {
  return env.RATE_WINDOW.get(env.RATE_WINDOW.idFromName(name));
}

function storedIn(name: string): Promise<unknown[]> {
  return runInDurableObject(windowOf(name), async (_window, { storage }) => [...(await storage.list()).values()]);
}

async function signIn({ email }: Tenant): Promise<string> {
  const reply = await newClient({ send }).post("/api/auth/login", { email, password });
  return JSON.parse(reply.text).access_token;
}
