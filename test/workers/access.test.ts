/**
 * Who may do what, asked of every route there is with every credential there is. What is expected is worked out from the table
 * of permissions, here and by other code than the service's; what is refused must leave every row and every ledger as it was.
 */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { ProblemCode } from "../../src/contract/errors.ts";
import { type Permission, permissions } from "../../src/core/access/permissions.ts";
import {
  bearer,
  type Credential,
  type Dead,
  deadCredentials,
  type Living,
  livingCredentials,
  makeKey,
  newOwner,
  type Owner,
  revive,
} from "../support/actors.ts";
import { newClient, type Reply, readProblem } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { concretePath, type OpenApi, readOpenApi } from "../support/openapi.ts";
import { named, operationOf, type Route } from "../support/route-table.ts";
import { changedBetween, readState } from "../support/state-digest.ts";

/** Nothing is rendered, and Stripe is not set up: who may pay is asked, not paying. */
const { send } = holdQueue({ STRIPE_SECRET_KEY: "", STRIPE_WEBHOOK_SECRET: "" });
let document: OpenApi;
let owner: Owner;
let dead: Dead[];
let living: (Living & Credential)[];
/** An embed key for each page that is not among its own, so that no key is used more often than keys may be. */
let strays: Record<string, string>[];
let before: Record<string, string>;

const foreignPages = [null, "https://elsewhere.test", "https://pages.test.elsewhere.test", "http://pages.test", "null"];

beforeAll(async () => {
  [document, owner] = await Promise.all([readOpenApi(), newOwner()]);
  dead = await deadCredentials(owner);
  const alive = await livingCredentials(owner);
  living = await Promise.all(alive.map(async (one) => ({ ...one, ...(await one.issue()) })));
  strays = await Promise.all(
    foreignPages.map(async (Origin) => {
      const headers = bearer((await makeKey(owner, "embed")).text);
      return Origin === null ? headers : { ...headers, Origin };
    }),
  );
  // Letters to all who have just signed up are on their way: the outbox is still once they are sent.
  await vi.waitFor(
    async () => {
      const waiting = env.DB.prepare("SELECT count(*) AS waiting FROM mails WHERE next_try_at_ms IS NOT NULL");
      expect(await waiting.first("waiting")).toBe(0);
    },
    { timeout: 30_000, interval: 200 },
  );
  before = await readState([owner.tenantId]);
}, 60_000);

const guarded = named.flatMap(([name, route]) => {
  const { permission } = operationOf(route);
  return permission === null ? [] : [[name, route, permission] as const];
});

let knocks = 0;
/** Forty calls share one, of the sixty that an address has a minute: a new count for each takes longer than the call. */
function nextAddress(): string {
  knocks += 1;
  return `2001:db8:acce:${Math.floor(knocks / 40).toString(16)}::1`;
}

/** Nothing that could be done: a body that is none, and the id of nothing. Who is kept out must not be told that. */
function knock(route: Route, headers: Record<string, string>): Promise<Reply> {
  const path = concretePath(document, route);
  const caller = newClient({ send, address: nextAddress() });
  if (route.method === "GET") return caller.call("GET", path, { headers });
  const json = { "Content-Type": "application/json" };
  return caller.call(route.method, path, { body: "{ this is no JSON", headers: { ...json, ...headers } });
}

/** By the table alone; null: they are let in. */
function refusalOf(permission: Permission, { kind, person, isFresh }: Living): ProblemCode | null {
  const grant: { to: readonly string[]; by: readonly string[]; isSensitive?: true } = permissions[permission];
  const isAdmin = person.isAdmin && kind !== "embed_key";
  const hasRole = grant.to.includes(person.role) || (isAdmin && grant.to.includes("admin"));
  if (!hasRole || !grant.by.includes(kind)) return "forbidden";
  return grant.isSensitive === true && !isFresh ? "sign_in_again" : null;
}

const keepsOut = (code: unknown) =>
  ["unauthenticated", "forbidden", "sign_in_again", "origin_not_allowed"].includes(String(code));

function codeOf({ headers, text }: Reply): unknown {
  return headers.get("Content-Type") === "application/problem+json" ? JSON.parse(text).code : null;
}

/** Plays the calls at once, and says which tables and ledgers are not as they were. */
async function unchangedBy(calls: Promise<unknown>[]): Promise<void> {
  await Promise.all(calls);
  const after = await readState([owner.tenantId]);
  const changed = changedBetween(before, after);
  // What one route changed is not told again of every route that comes after it.
  before = after;
  expect(changed).toEqual([]);
}

describe("who is nobody, or nobody any more, is refused on every route, and nothing is changed", () => {
  it.each(guarded)("%s", async (_name, route) => {
    await unchangedBy(
      dead.map(async ({ name, headers }) => {
        const reply = await knock(route, headers);
        expect(codeOf(reply), name).toBe("unauthenticated");
        readProblem(reply, "unauthenticated");
        const challenge = "Authorization" in headers ? ', error="invalid_token"' : "";
        expect(reply.headers.get("WWW-Authenticate"), name).toBe(`Bearer realm="shujaa"${challenge}`);
      }),
    );
  });
});

describe("who may not is refused on every route, and nothing is changed", () => {
  it.each(guarded)("%s", async (_name, route, permission) => {
    await unchangedBy(
      living.map(async (one) => {
        const code = refusalOf(permission, one);
        if (code === null) return;
        const reply = await knock(route, one.headers);
        expect(codeOf(reply), one.name).toBe(code);
        readProblem(reply, code);
      }),
    );
  });

  const elsewhere = guarded.map(([name, route], place) => [name, route, place] as const);
  it.each(elsewhere)("%s, by an embed key on another page, or on none", async (_name, route, place) => {
    // Without a page on each route, and the pages that are not the key's in turns.
    const turn = strays[1 + (place % (strays.length - 1))];
    await unchangedBy(
      [strays[0] ?? {}, turn ?? {}].map(async (headers) => {
        const reply = await knock(route, headers);
        expect(codeOf(reply), headers.Origin).toBe("origin_not_allowed");
      }),
    );
  });
});

describe("who may is let in", () => {
  /** It opens by its link alone, whoever asks: players know no credentials. */
  const byLinkAlone = (name: string) => name.startsWith("GET /watch/");

  it.each(guarded.filter(([name]) => !byLinkAlone(name)))("%s", async (_name, route, permission) => {
    let admitted = 0;
    for (const one of living) {
      if (refusalOf(permission, one) !== null) continue;
      const reply = await knock(route, (await one.issue()).headers);
      expect(keepsOut(codeOf(reply)), `${one.name}: ${reply.text}`).toBe(false);
      expect(codeOf(reply), `${one.name}: ${reply.text}`).not.toBe("internal");
      admitted += 1;
      await revive(one.person);
    }
    expect(admitted).toBeGreaterThan(0);
  });
});

describe("all that is asked", () => {
  it("is every kind of refusal, on more than a hundred routes' worth of calls", () => {
    expect(new Set(dead.map(({ name }) => name)).size).toBe(dead.length);
    expect(dead.length).toBeGreaterThan(20);
    const codes = guarded.flatMap(([, , permission]) => living.map((one) => refusalOf(permission, one)));
    expect(new Set(codes)).toEqual(new Set([null, "forbidden", "sign_in_again"]));
    expect(guarded.length * dead.length).toBeGreaterThan(1000);
  });

  it("leaves out what opens to everybody, which is written down here", () => {
    const open = named.flatMap(([name, route]) => (operationOf(route).permission === null ? [name] : []));
    expect(open.sort()).toEqual(openToAll);
  });
});

/** Another route that lets everybody in is another line here, and somebody's decision. */
const openToAll = [
  "GET /api/account/deletions/:id",
  "GET /api/auth/oauth/:provider/callback",
  "GET /api/auth/oauth/:provider/start",
  "GET /api/auth/oauth/providers",
  "GET /auth/invitation",
  "GET /auth/magic",
  "GET /auth/proof",
  "GET /auth/reset",
  "POST /api/auth/email/proof",
  "POST /api/auth/magic-link/request",
  "POST /api/auth/magic-link/verify",
  "POST /api/auth/password/forgot",
  "POST /api/auth/password/reset",
  "POST /api/auth/refresh",
  "POST /auth/magic",
  "POST /auth/proof",
  "POST /auth/reset",
  "GET /api/billing/plans",
  "GET /api/credits/packages",
  "GET /api/health",
  "GET /api/templates",
  "GET /api/templates/:name",
  "GET /astella/demo",
  "GET /billing/return",
  "GET /docs",
  "GET /docs/reference",
  "GET /embed.js",
  "GET /embed/demo",
  "GET /openapi.json",
  "POST /api/auth/login",
  "POST /api/auth/signup",
  "POST /api/payments/mpesa/callback/:secret",
  "POST /api/payments/mpesa/reversal/:secret",
  "POST /api/payments/phone/callback/:secret",
  "POST /api/payments/phone/reversal/:secret",
  "POST /api/payments/phone/status/:secret",
  "POST /api/payments/webhook",
  "POST /api/stripe/webhook",
  "POST /login",
  "POST /register",
].sort();
