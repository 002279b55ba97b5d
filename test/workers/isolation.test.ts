/**
 * Two tenants with one of everything each. Wherever a request takes an id, by the OpenAPI document, Juma's gets Amina's, and is
 * otherwise as it should be: which is shown by the same request with his own.
 */
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openSession, refreshCookie } from "../support/actors.ts";
import { newClient, type Reply, readProblem } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { readOpenApi } from "../support/openapi.ts";
import { newContext } from "../support/payment-rows.ts";
import { type Placement, placed, placementsOf } from "../support/placements.ts";
import { isForAdmins, named, operationOf, type Route } from "../support/route-table.ts";
import { changedBetween } from "../support/state-digest.ts";
import { makeThings, readTenant, type Things } from "../support/tenant-things.ts";

const document = await readOpenApi();
/** Nothing of what is submitted here is rendered. */
const { send } = holdQueue();
let amina: Things;
let juma: Things;
let before: Record<string, string>;
/** Where Amina's lists go on, by the route; of those of hers that are longer than one. */
const cursors = new Map<string, string>();

beforeAll(async () => {
  [amina, juma] = await Promise.all([makeThings(), makeThings()]);
  await vi.waitFor(async () => {
    const open = env.DB.prepare("SELECT count(*) AS open FROM videos WHERE settled_at_ms IS NULL");
    expect(await open.first("open")).toBe(0);
  });
  // The list is whole before it answers: after it, nothing of hers is on its way from the ledger any more.
  await amina.tenant.get("/api/credits/transactions");
  for (const { at, name, route } of placements) {
    if (at !== "cursor") continue;
    const { next_cursor: cursor } = JSON.parse((await amina.tenant.get(`${route.path}?limit=1`)).text);
    if (cursor !== null) cursors.set(name, cursor);
  }
  before = await readTenant(amina.person.tenantId);
}, 120_000);

/** What names nothing of a tenant's, or is known to whoever may use it. */
const namesNothing: Record<string, string> = {
  provider: "one of those who sign people in",
  name: "of a template of the service",
  package_id: "of a package of the service",
  secret: "the credential of M-Pesa's callbacks, known to Safaricom alone; mpesa-callbacks.test.ts",
  file: "opens by its link alone: below, among the links",
  night: "of a backup, for operators",
  token:
    "a credential of its own, sent to one address alone: below for invitations; magic-link and password-reset.test.ts",
};
/** The same, of one field of one route. */
const except: Record<string, string> = {
  "/scenes/*/id": "a name that a project gives to a scene of its own",
  "/id": "of Stripe's event, whose body is signed; stripe-webhooks.test.ts",
  session_id: "of a checkout at Stripe: the page says what came of it, and of whom nothing",
  "GET /api/account/deletions/:id":
    "a receipt, which opens by itself since nobody is left to sign in; deletion.test.ts",
};

const isExempt = ({ name, at, where }: Placement) =>
  (where === "path" && name in except) || at in except || (at.split("/").at(-1) ?? "") in namesNothing;

const all = named.flatMap(([name, route]) => placementsOf(document, name, route));
const placements = all.filter((one) => !isExempt(one) && !isForAdmins(one.route));
const titled = placements.map((one) => [`${one.name}, ${one.where} ${one.at}`, one] as const);

const scenes = [{ text: "Karibu dukani kwetu." }];
/** What makes a request valid beside the id that is asked about. */
const bodies: Record<string, object> = {
  "POST /api/videos": { scenes },
  "POST /api/generate-video": { scenes },
  "POST /api/videos/batch": { videos: [{ scenes }] },
  "POST /api/videos/:id/aspects": { aspects: ["1:1"] },
  "POST /api/projects": { title: "Duka", scenes },
  "PATCH /api/projects/:id": { title: "Duka", scenes },
  "PATCH /api/account/members/:id": { role: "creator" },
  "POST /api/account/api-keys/:id/rotate": { grace_hours: 1 },
};

function valueFor({ at, prefix }: Placement, { ids, named: names, soundId }: Things): string {
  const value = /recording|music/.test(at) ? soundId : prefix === null ? names[at.replace(/^.*\//, "")] : ids[prefix];
  if (value === undefined) throw new Error(`no thing of the kind that ${at} wants: tenant-things.ts makes them`);
  return value;
}

/** By Juma, in a session that he has just opened: what one call ends, ends nothing for the next. */
async function ask(placement: Placement, whose: Things): Promise<Reply> {
  const { route, name, where, at } = placement;
  const value = valueFor(placement, whose);
  const own = (parameter: string) => {
    const needed = all.find((one) => one.name === name && one.where === "path" && one.at === parameter);
    return needed === undefined ? parameter : valueFor(needed, juma);
  };
  const path = route.path.replace(/:(\w+)(\{.*\})?/g, (_whole, parameter: string) =>
    where === "path" && parameter === at ? value : own(parameter),
  );
  const query = where === "query" ? `?${at}=${encodeURIComponent(value)}` : "";
  const { headers } = await openSession(juma.person);
  const body = where === "body" ? placed(bodies[name] ?? {}, at, value) : (bodies[name] ?? {});
  return newClient({ send }).call(route.method, `${path}${query}`, {
    headers: { ...headers },
    ...(route.method === "GET" || route.method === "DELETE" ? {} : { json: body }),
  });
}

/** Words and ids of Amina's that stand in an answer, but for what was sent. */
function leaked({ text, headers }: Reply, sent: string | null): string[] {
  const known = [...amina.words, ...Object.values(amina.ids), amina.soundId, amina.person.userId];
  const said = `${text}\n${JSON.stringify([...headers])}`;
  return known.filter((word) => word !== sent && said.includes(word));
}

const cursorless = titled.filter(([, { at }]) => at !== "cursor");

describe("an id of another tenant opens nothing", () => {
  it.each(cursorless)("%s", async (_name, placement) => {
    const reply = await ask(placement, amina);
    expect(leaked(reply, valueFor(placement, amina))).toEqual([]);
    expect(reply.status, reply.text).toBeLessThan(500);
    if (placement.where === "path") expect([403, 404], reply.text).toContain(reply.status);
    else if (placement.where === "body") expect(reply.status, reply.text).toBeGreaterThanOrEqual(400);
  });

  it.each(titled.filter(([, { at }]) => at === "cursor"))("%s", async (_name, placement) => {
    const cursor = cursors.get(placement.name) ?? [...cursors.values()][0] ?? "";
    const theirs = { ...amina, named: { ...amina.named, cursor } };
    const reply = await ask(placement, theirs);
    expect(leaked(reply, null)).toEqual([]);
    expect(reply.status).toBeLessThan(500);
  });

  it("and nothing of hers was changed by all of it", async () => {
    expect(changedBetween(before, await readTenant(amina.person.tenantId))).toEqual([]);
  });
});

describe("a link opens what it was made for", () => {
  const linked = named.filter(([, route]) => operationOf(route).opensByLink === true);
  const pathOf = ({ path }: Route, { ids }: Things) => {
    const kinds: Record<string, string> = {
      videos: "vid",
      images: "img",
      assets: "ast",
      payments: "pay",
      exports: "exp",
    };
    const kind = path.startsWith("/watch/") ? "vid" : (kinds[path.split("/").at(-3) ?? ""] ?? "");
    const id = ids[kind];
    if (id === undefined) throw new Error(`no thing behind ${path}`);
    return path.replace(/:file\{.*\}/, `${id}.mp4`).replace(":id", id);
  };
  const signed = async (path: string, expiresAtMs = Date.now() + 60_000) => {
    const signature = await newContext().deps.signedLinks.sign(path, expiresAtMs);
    return `expires=${expiresAtMs}&signature=${signature}`;
  };

  it.each(linked)("%s", async (_name, route) => {
    const [own, hers] = [pathOf(route, juma), pathOf(route, amina)];
    const query = await signed(own);
    const opened = await newClient().get(`${own}?${query}`);
    expect([401, 403, 404], opened.text).not.toContain(opened.status);

    const { headers } = await openSession(juma.person);
    const moved = await newClient().get(`${hers}?${query}`);
    readProblem(moved, "unauthenticated");
    expect(leaked(moved, Object.values(amina.ids).find((id) => hers.includes(id)) ?? null)).toEqual([]);
    const withToken = await newClient().get(`${hers}?${query}`, headers);
    expect([401, 404], withToken.text).toContain(withToken.status);
    // Nor does a link that is over, or whose time was moved.
    const past = await signed(own, Date.now() - 1000);
    readProblem(await newClient().get(`${own}?${past}`), "unauthenticated");
    readProblem(await newClient().get(`${own}?${query.replace(/expires=\d/, "expires=9")}`), "unauthenticated");
    // Nor the link of one path another path.
    if (route.path.includes("/:id/")) {
      const other = linked.find(([, one]) => one !== route && one.path.split("/")[2] === route.path.split("/")[2]);
      if (other !== undefined)
        readProblem(await newClient().get(`${pathOf(other[1], juma)}?${query}`), "unauthenticated");
    }
  });
});

describe("the same with an id of one's own is refused by nobody", () => {
  const order = (method: string) => (method === "DELETE" ? 1 : 0);
  const controls = cursorless.sort(([, left], [, right]) => order(left.route.method) - order(right.route.method));

  it.each(controls)("%s", async (_name, placement) => {
    const reply = await ask(placement, juma);
    expect([401, 403, 404, 422], reply.text).not.toContain(reply.status);
    expect(reply.status, reply.text).toBeLessThan(500);
  });
});

describe("a cookie is worth nothing beside another's ids", () => {
  it("his with her session's id refreshes nothing", async () => {
    const cookie = await refreshCookie(juma.tenant.email);
    const swapped = cookie.replace(/ses_[0-9a-z]{26}/, amina.ids.ses ?? "");
    readProblem(await newClient().post("/api/auth/refresh", undefined, { Cookie: swapped }), "unauthenticated");
    expect((await newClient().post("/api/auth/refresh", undefined, { Cookie: cookie })).status).toBe(200);
  });

  it("hers beside his token makes him nobody else", async () => {
    const { headers } = await openSession(juma.person);
    const both = { ...headers, Cookie: await refreshCookie(amina.tenant.email) };
    const me = await newClient().get("/api/auth/me", both);
    expect(JSON.parse(me.text).tenant.id).toBe(juma.person.tenantId);
    for (const prefix of ["vid", "ast", "img", "prj"] as const) {
      const folder = { vid: "videos", ast: "assets", img: "images", prj: "projects" }[prefix];
      readProblem(await newClient().get(`/api/${folder}/${amina.ids[prefix]}`, both), "not_found");
    }
  });

  it("hers alone opens nothing of hers", async () => {
    const Cookie = await refreshCookie(amina.tenant.email);
    readProblem(await newClient().get("/api/auth/me", { Cookie }), "unauthenticated");
    readProblem(await newClient().get(`/api/videos/${amina.ids.vid}`, { Cookie }), "unauthenticated");
  });
});

describe("an invitation", () => {
  it("is accepted by whom it was sent to, and tells nobody else what it is to", async () => {
    const { headers } = await openSession(juma.person);
    const json = { token: amina.invitationToken };
    const reply = await newClient({ send }).call("POST", "/api/account/invitations/accept", { json, headers });
    readProblem(reply, "forbidden");
    expect(leaked(reply, null)).toEqual([]);
    const members = await env.DB.prepare("SELECT count(*) AS members FROM memberships WHERE user_id = ?")
      .bind(juma.person.userId)
      .first("members");
    expect(members).toBe(1);
  });
});

describe("an Idempotency-Key is its caller's own", () => {
  it("his with her key is answered with a thing of his", async () => {
    const key = { "Idempotency-Key": "one-for-both" };
    const image = { prompt: "A boat at dawn" };
    const ask = async (whose: Things) =>
      newClient({ send }).call("POST", "/api/images", {
        json: image,
        headers: { ...(await openSession(whose.person)).headers, ...key },
      });
    const [hers, his] = [await ask(amina), await ask(juma)];
    expect([hers.status, his.status]).toEqual([201, 201]);
    expect(his.headers.has("Idempotent-Replayed")).toBe(false);
    expect(JSON.parse(his.text).id).not.toBe(JSON.parse(hers.text).id);
  });
});

describe("what was tried", () => {
  const count = (where: Placement["where"]) => placements.filter((one) => one.where === where).length;

  it("is every place of every kind that there is", () => {
    expect(count("path")).toBeGreaterThan(30);
    expect(count("query")).toBeGreaterThan(10);
    expect(count("body")).toBeGreaterThan(40);
    expect(cursors.size).toBeGreaterThan(3);
  });

  it("leaves out only what names nothing, and nothing that is not there any more", () => {
    const left = all.filter(isExempt);
    for (const name of Object.keys(except)) {
      expect(
        left.some((one) => one.at === name || one.name === name),
        name,
      ).toBe(true);
    }
  });

  afterAll(() => {
    console.info(`ids were placed in ${count("path")} paths, ${count("query")} queries and ${count("body")} fields`);
  });
});
