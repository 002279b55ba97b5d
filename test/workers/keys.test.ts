import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { meAnswer } from "../../src/contract/accounts.ts";
import { keyMade, keysAnswer } from "../../src/contract/keys.ts";
import { videoAccepted } from "../../src/contract/videos.ts";
import { keysMax } from "../../src/core/accounts/keys/create-key.ts";
import { type Client, read, readPointers, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { type Holder, holding, readKeyRow, run, shopOrigin, withEmbedKey, withSecretKey } from "../support/keys.ts";
import { bodyOf, tenantIdOf } from "../support/videos.ts";

const hourMs = 3_600_000;
/** In years to come, so that what was written meanwhile is in the past. */
let nowMs = Date.UTC(2034, 4, 3, 9);
function pass(ms: number): void {
  nowMs += ms;
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
}
beforeEach(() => pass(24 * hourMs));
afterEach(() => vi.useRealTimers());

const { send } = holdQueue();
/** In production no stand-in's address is taken. */
const withoutStandIns = Object.fromEntries(
  Object.keys(env).flatMap((name) => (name.endsWith("_BASE") ? [[name, ""]] : [])),
);
const fromShop = { Origin: shopOrigin };
const keysOf = async (client: Client, query = "") =>
  read(await client.get(`/api/account/api-keys${query}`), 200, keysAnswer);
const rotate = (client: Client, id: string, body?: object) =>
  client.post(`/api/account/api-keys/${id}/rotate`, body ?? {});
const isAlive = async (holder: Client) => {
  const reply = await holder.get("/api/credits/balance");
  if (reply.status !== 200) readProblem(reply, "unauthenticated");
  return reply.status === 200;
};
const auditOf = async (tenant: Tenant, action: string) => {
  const query = env.DB.prepare("SELECT target, actor, details FROM audit_log WHERE tenant_id = ? AND action = ?");
  return (await query.bind(await tenantIdOf(tenant), action).all()).results;
};

let amina: Tenant;
beforeEach(async () => {
  amina = await signUp({ send });
});

describe("a new key", () => {
  it("is shown once, opens the account of whoever made it, and is stored as its hash alone", async () => {
    const reply = await amina.post("/api/account/api-keys", { name: " Nightly job ", kind: "secret" });
    const made = read(reply, 201, keyMade);
    expect(made.api_key).toMatch(/^sk_test_[0-9A-Za-z]{38}$/);
    expect(made).toMatchObject({ name: "Nightly job", kind: "secret", origins: null, last_used_at: null });
    expect([made.prefix, made.last_four]).toEqual([made.api_key.slice(0, 12), made.api_key.slice(-4)]);
    expect(made).toMatchObject({ created_at: new Date(nowMs).toISOString(), expires_at: null });

    const me = read(await holding(made, send).get("/api/auth/me"), 200, meAnswer);
    expect(me.user.email).toBe(amina.email);

    const { api_key: key, ...shown } = made;
    const [listed] = (await keysOf(amina)).data;
    expect(listed).toEqual({ ...shown, last_used_at: new Date(nowMs).toISOString() });
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
    const row = await readKeyRow(made.id);
    expect(row?.hash).toBe(Buffer.from(digest).toString("hex"));
    expect(JSON.stringify(row)).not.toContain(key.slice(12, -4));
    expect(await auditOf(amina, "key.create")).toEqual([
      { target: made.id, actor: amina.session.user.id, details: null },
    ]);
  });

  it("of a program is live or test as the service is", async () => {
    const production = holdQueue({ ENVIRONMENT: "production", ...withoutStandIns });
    const juma = await signUp({ send: production.send });
    expect((await withSecretKey(juma)).made.api_key).toMatch(/^sk_live_/);
    expect((await withEmbedKey(juma)).made.api_key).toMatch(/^pk_[0-9A-Za-z]{38}$/);
  });

  it.each([
    [{ kind: "secret" }, "/name"],
    [{ name: "", kind: "secret" }, "/name"],
    [{ name: "   ", kind: "secret" }, "/name"],
    [{ name: "a".repeat(81), kind: "secret" }, "/name"],
    [{ name: "a\u0000b", kind: "secret" }, "/name"],
    [{ name: "Shop" }, "/kind"],
    [{ name: "Shop", kind: "admin" }, "/kind"],
    [{ name: "Shop", kind: "embed" }, "/origins"],
    [{ name: "Shop", kind: "embed", origins: [] }, "/origins"],
    [{ name: "Shop", kind: "embed", origins: ["https://shop.example/"] }, "/origins/0"],
    [{ name: "Shop", kind: "embed", origins: [shopOrigin, "http://shop.example"] }, "/origins/1"],
    [{ name: "Shop", kind: "embed", origins: ["null"] }, "/origins/0"],
    [{ name: "Shop", kind: "embed", origins: ["*"] }, "/origins/0"],
    [
      { name: "Shop", kind: "embed", origins: Array.from({ length: 21 }, (_, i) => `https://s${i}.example`) },
      "/origins",
    ],
    [{ name: "Shop", kind: "secret", origins: [shopOrigin] }, "/origins"],
    [{ name: "Shop", kind: "secret", is_default: true }, "/is_default"],
  ])("is refused for %j", async (body, pointer) => {
    expect(readPointers(await amina.post("/api/account/api-keys", body))).toEqual([pointer]);
    expect((await keysOf(amina)).data).toEqual([]);
  });

  it("takes 80 characters and 20 origins, each once", async () => {
    const origins = Array.from({ length: 20 }, (_, i) => `https://s${i}.example`);
    origins[19] = "https://s0.example";
    const body = { name: "x".repeat(80), kind: "embed", origins };
    const made = read(await amina.post("/api/account/api-keys", body), 201, keyMade);
    expect(made.origins).toEqual(origins.slice(0, 19));
  });

  it("is not kept for a repeat of its request: each request makes another", async () => {
    const body = { name: "Program", kind: "secret" };
    const headers = { "Idempotency-Key": "once" };
    const replies = [1, 2].map(() => amina.post("/api/account/api-keys", body, headers));
    const keys = (await Promise.all(replies)).map((reply) => read(reply, 201, keyMade));
    expect(new Set(keys.map(({ api_key: key }) => key)).size).toBe(2);
    const query = env.DB.prepare("SELECT count(*) AS n FROM idempotency_keys WHERE scope = ?");
    expect(await query.bind(amina.session.user.id).first("n")).toBe(0);
  });

  it("is one of fifty at most, also when many are asked for at once", async () => {
    const make = () => amina.post("/api/account/api-keys", { name: "Program", kind: "secret" });
    const replies = await Promise.all(Array.from({ length: keysMax + 10 }, make));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(keysMax);
    const refused = replies.filter(({ status }) => status !== 201);
    for (const reply of refused)
      expect(readProblem(reply, "validation_failed").detail).toMatch(/at most 50.*revoke one/);
    expect(await auditOf(amina, "key.create")).toHaveLength(keysMax);

    // Replacing one by another at once makes no more of them; with a grace it would.
    const [first] = (await keysOf(amina)).data;
    readProblem(await rotate(amina, first?.id ?? "", { grace_hours: 1 }), "validation_failed");
    read(await rotate(amina, first?.id ?? ""), 201, keyMade);
    readProblem(await amina.post("/api/account/rotate-api-key"), "validation_failed");
    const [other] = (await keysOf(amina)).data;
    expect((await amina.call("DELETE", `/api/account/api-keys/${other?.id}`)).status).toBe(204);
    read(await make(), 201, keyMade);
  });
});

describe("a key", () => {
  it("opens its own tenant and nothing of another's", async () => {
    const juma = await signUp({ send });
    const { id } = read(await juma.post("/api/videos", bodyOf("plain", 1)), 202, videoAccepted);
    for (const holder of [await withSecretKey(amina, send), await withEmbedKey(amina, send)])
      readProblem(await holder.get(`/api/videos/${id}`, fromShop), "not_found");
  });

  it("reaches nothing of the account itself, in whatever role", async () => {
    const holders = [await withSecretKey(amina, send), await withEmbedKey(amina, send)];
    for (const holder of holders) {
      const replies = await Promise.all([
        holder.get("/api/account/api-keys", fromShop),
        holder.post("/api/account/api-keys", { name: "Another", kind: "secret" }, fromShop),
        holder.post(`/api/account/api-keys/${holder.made.id}/rotate`, {}, fromShop),
        holder.post("/api/account/rotate-api-key", {}, fromShop),
        holder.call("DELETE", `/api/account/api-keys/${holder.made.id}`, { headers: fromShop }),
        holder.post("/api/auth/logout", {}, fromShop),
      ]);
      for (const reply of replies) readProblem(reply, "forbidden");
    }
    expect((await keysOf(amina)).data).toHaveLength(2);
  });

  it("does not operate the service, though its maker does", async () => {
    const operator = await signUp({ send, email: "operator@example.com" });
    await run("UPDATE users SET email_proven_at_ms = 1 WHERE id = ?", operator.session.user.id);
    expect((await operator.get("/api/admin/users")).status).toBe(200);
    readProblem(await (await withSecretKey(operator, send)).get("/api/admin/users"), "forbidden");
  });

  const endings: [string, (tenant: Tenant, holder: Holder) => Promise<void>][] = [
    [
      "it is revoked",
      async (tenant, { made }) => void (await tenant.call("DELETE", `/api/account/api-keys/${made.id}`)),
    ],
    ["it is rotated without a grace", async (tenant, { made }) => void (await rotate(tenant, made.id))],
    [
      "its maker is disabled",
      ({ session }) => run("UPDATE users SET disabled_at_ms = 1 WHERE id = ?", session.user.id),
    ],
    [
      "its maker is removed from the tenant, though they are in another",
      async (tenant) => {
        const other = await tenantIdOf(await signUp({ send }));
        await run("UPDATE memberships SET tenant_id = ? WHERE user_id = ?", other, tenant.session.user.id);
      },
    ],
    [
      "its tenant is closed",
      async (tenant) => run("UPDATE tenants SET closed_at_ms = 1 WHERE id = ?", await tenantIdOf(tenant)),
    ],
  ];
  it.each(endings)("is dead at once when %s, and says no more than one that never was", async (_name, end) => {
    const holder = await withSecretKey(amina, send);
    expect(await isAlive(holder)).toBe(true);
    await end(amina, holder);
    const reply = await holder.get("/api/credits/balance");
    const { request_id: _ended, ...ended } = readProblem(reply, "unauthenticated");
    const stranger = holding(
      { ...holder.made, api_key: (await withSecretKey(await signUp({ send }))).made.api_key },
      send,
    );
    await run("DELETE FROM api_keys WHERE hash = ?", await hashOf(stranger));
    const never = await stranger.get("/api/credits/balance");
    const { request_id: _never, ...unknown } = readProblem(never, "unauthenticated");
    expect(ended).toEqual(unknown);
    expect(reply.headers.get("WWW-Authenticate")).toBe('Bearer realm="shujaa", error="invalid_token"');
  });

  const hashOf = async ({ made }: Holder) =>
    Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(made.api_key))).toString("hex");

  it("follows its maker's role", async () => {
    const holder = await withSecretKey(amina, send);
    await run("UPDATE memberships SET role = 'creator' WHERE user_id = ?", amina.session.user.id);
    expect(read(await holder.get("/api/auth/me"), 200, meAnswer).tenant.role).toBe("creator");
  });

  it("that is mistyped is refused without being looked up", async () => {
    const holder = await withSecretKey(amina, send);
    const { api_key: key } = holder.made;
    const mistyped = key.slice(0, 20) + (key[20] === "x" ? "y" : "x") + key.slice(21);
    let reads = 0;
    const watched = new Proxy(env.DB, {
      get(target, name) {
        if (name === "prepare") reads += 1;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const watching = holdQueue({ DB: watched } as unknown as Record<string, string>).send;
    readProblem(
      await holding({ ...holder.made, api_key: mistyped }, watching).get("/api/credits/balance"),
      "unauthenticated",
    );
    expect(reads).toBe(0);
    expect((await holding(holder.made, watching).get("/api/credits/balance")).status).toBe(200);
    expect(reads).toBeGreaterThan(0);
  });

  it("says when it was used last, written once a minute", async () => {
    const holder = await withSecretKey(amina, send);
    const usedAt = async () => (await readKeyRow(holder.made.id))?.last_used_at_ms;
    expect(await usedAt()).toBeNull();
    await isAlive(holder);
    const firstMs = nowMs;
    expect(await usedAt()).toBe(firstMs);
    pass(59_999);
    await isAlive(holder);
    expect(await usedAt()).toBe(firstMs);
    pass(1);
    await Promise.all([isAlive(holder), isAlive(holder)]);
    expect(await usedAt()).toBe(nowMs);
  });

  it("works though its use cannot be written down", async () => {
    const holder = await withSecretKey(amina, send);
    await run(
      "CREATE TRIGGER no_use BEFORE UPDATE OF last_used_at_ms ON api_keys BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    const alive = await isAlive(holder).finally(() => run("DROP TRIGGER no_use"));
    expect(alive).toBe(true);
    expect((await readKeyRow(holder.made.id))?.last_used_at_ms).toBeNull();
  });
});

describe("how often", () => {
  // As it is shipped: other tests have a wider limit.
  const tight = holdQueue({ USER_REQUESTS_PER_SECOND: "" }).send;
  const ask = (client: Client, headers = {}) => client.get("/api/videos/vid_00000000000000000000000000", headers);
  const askTimes = (count: number, client: Client, headers = {}) =>
    Promise.all(Array.from({ length: count }, () => ask(client, headers)));
  const countOf = (replies: { status: number }[], status: number) =>
    replies.filter((reply) => reply.status === status).length;

  it("each key has ten requests a second of its own, beside its maker's", async () => {
    const [first, second] = [await withSecretKey(amina, tight), await withSecretKey(amina, tight)];
    const replies = await askTimes(15, first);
    expect([countOf(replies, 404), countOf(replies, 429)]).toEqual([10, 5]);
    expect(countOf(await askTimes(10, second), 404)).toBe(10);
    const hers = await Promise.all(Array.from({ length: 5 }, () => first.withToken(amina.token).get("/api/projects")));
    expect(countOf(hers, 200)).toBe(5);
    pass(1_000);
    expect(countOf(await askTimes(10, first), 404)).toBe(10);
  });

  it("a dead key is counted by address, as whoever has none", async () => {
    const dead = await withSecretKey(amina, tight);
    await amina.call("DELETE", `/api/account/api-keys/${dead.made.id}`);
    const replies = await askTimes(8, dead);
    expect(countOf(replies, 401)).toBe(8);
    for (const reply of replies) expect(reply.headers.get("RateLimit-Policy")).toBe('"address";q=60;w=60');
  });

  it("a foreign page uses up nothing of an embed key's own", async () => {
    const shop = await withEmbedKey(amina, tight);
    const foreign = await askTimes(12, shop, { Origin: "https://elsewhere.example" });
    expect(countOf(foreign, 403)).toBe(12);
    for (const reply of foreign) expect(reply.headers.get("RateLimit-Policy")).toBe('"address";q=60;w=60');
    expect(countOf(await askTimes(10, shop, fromShop), 404)).toBe(10);
  });
});

describe("the list", () => {
  it("has the keys that work, newest first, in pages, without the keys themselves", async () => {
    const made = [];
    for (const name of ["one", "two", "three", "four", "five"]) {
      pass(1_000);
      made.push(read(await amina.post("/api/account/api-keys", { name, kind: "secret" }), 201, keyMade));
    }
    const [one, two, three] = made;
    await amina.call("DELETE", `/api/account/api-keys/${two?.id}`);
    pass(1_000);
    await rotate(amina, one?.id ?? "");
    await rotate(amina, three?.id ?? "", { grace_hours: 2 });
    const first = await keysOf(amina, "?limit=3");
    const second = await keysOf(amina, `?limit=3&cursor=${first.next_cursor}`);
    expect([...first.data, ...second.data].map(({ name }) => name).sort()).toEqual(
      ["five", "four", "one", "three", "three"].sort(),
    );
    expect(first.data[2]?.name).toBe("five");
    expect(second.data.map(({ name }) => name)).toEqual(["four", "three"]);
    expect(second.data[1]?.expires_at).toBe(new Date(nowMs + 2 * hourMs).toISOString());
    expect(second.next_cursor).toBeNull();
    expect(JSON.stringify(first)).not.toMatch(/api_key|hash/);
    pass(2 * hourMs);
    expect((await keysOf(amina)).data.map(({ name }) => name).sort()).toEqual(["five", "four", "one", "three"]);
    expect(readPointers(await amina.get("/api/account/api-keys?cursor=nonsense"))).toEqual(["/cursor"]);
  });

  it("is its tenant's, and so are its keys", async () => {
    const juma = await signUp({ send });
    const { made } = await withSecretKey(amina, send);
    expect((await keysOf(juma)).data).toEqual([]);
    readProblem(await rotate(juma, made.id), "not_found");
    readProblem(await juma.call("DELETE", `/api/account/api-keys/${made.id}`), "not_found");
    readProblem(await amina.call("DELETE", "/api/account/api-keys/key_nonsense"), "not_found");
    expect(await isAlive(holding(made, send))).toBe(true);
    expect(await auditOf(juma, "key.revoke")).toEqual([]);
  });
});

describe("revoking", () => {
  it("ends a key for good, once", async () => {
    const { made } = await withSecretKey(amina, send);
    const path = `/api/account/api-keys/${made.id}`;
    const replies = await Promise.all([1, 2, 3].map(() => amina.call("DELETE", path)));
    for (const reply of replies) if (reply.status !== 204) readProblem(reply, "not_found");
    expect(replies.map(({ status }) => status)).toContain(204);
    readProblem(await amina.call("DELETE", path), "not_found");
    readProblem(await rotate(amina, made.id), "not_found");
    expect(await auditOf(amina, "key.revoke")).toEqual([
      { target: made.id, actor: amina.session.user.id, details: null },
    ]);
  });
});

describe("rotating a key", () => {
  it("gives one of the same name, kind and origins, and lets the old one work until its grace is over", async () => {
    const shop = await withEmbedKey(amina, send);
    const fresh = read(await rotate(amina, shop.made.id, { grace_hours: 3 }), 201, keyMade);
    expect(fresh).toMatchObject({ name: "Shop", kind: "embed", origins: [shopOrigin], expires_at: null });
    expect(fresh.id).not.toBe(shop.made.id);
    const ask = async (client: Client) =>
      (await client.get("/api/videos/vid_00000000000000000000000000", fromShop)).status;
    const renewed = holding(fresh, send);
    pass(3 * hourMs - 1);
    expect([await ask(shop), await ask(renewed)]).toEqual([404, 404]);
    pass(1);
    expect([await ask(shop), await ask(renewed)]).toEqual([401, 404]);
    const [audit] = await auditOf(amina, "key.rotate");
    expect(audit).toMatchObject({ target: fresh.id });
    expect(JSON.parse(String(audit?.details))).toEqual({ replaces: shop.made.id, grace_hours: 3 });
  });

  it("that is replaced already is refused: the newer one is to be rotated; revoking ends its grace", async () => {
    const old = await withSecretKey(amina, send);
    await rotate(amina, old.made.id, { graceHours: 168 });
    expect(readProblem(await rotate(amina, old.made.id), "not_found").detail).toMatch(/replaced already/);
    expect(await isAlive(old)).toBe(true);
    expect((await amina.call("DELETE", `/api/account/api-keys/${old.made.id}`)).status).toBe(204);
    expect(await isAlive(old)).toBe(false);
  });

  it("twenty times at once gives one new key", async () => {
    const { made } = await withSecretKey(amina, send);
    const replies = await Promise.all(Array.from({ length: 20 }, () => rotate(amina, made.id)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const reply of replies) if (reply.status !== 201) readProblem(reply, "not_found");
    expect((await keysOf(amina)).data).toHaveLength(1);
    expect(await auditOf(amina, "key.rotate")).toHaveLength(1);
  });

  it.each([{ grace_hours: -1 }, { grace_hours: 169 }, { grace_hours: 1.5 }, { grace_hours: "1" }])(
    "is refused with %j",
    async (body) => {
      const old = await withSecretKey(amina, send);
      expect(readPointers(await rotate(amina, old.made.id, body))).toEqual(["/grace_hours"]);
      expect(await isAlive(old)).toBe(true);
    },
  );

  it("makes it act for whoever rotates it: they get to see it", async () => {
    const juma = await signUp({ send });
    const { made } = await withSecretKey(amina, send);
    const tenantId = await tenantIdOf(amina);
    await run("INSERT INTO memberships VALUES (?, ?, 'owner', 1)", tenantId, juma.session.user.id);
    await run("UPDATE sessions SET tenant_id = ? WHERE user_id = ?", tenantId, juma.session.user.id);
    const fresh = read(await rotate(juma, made.id), 201, keyMade);
    expect(read(await holding(fresh, send).get("/api/auth/me"), 200, meAnswer).user.email).toBe(juma.email);
  });
});

describe("rotating the default key", () => {
  const rotateDefault = async (body?: object) =>
    read(await amina.post("/api/account/rotate-api-key", body), 201, keyMade);

  it("makes it when there is none, then replaces it", async () => {
    const other = await withSecretKey(amina, send);
    const first = await rotateDefault();
    expect(first).toMatchObject({ kind: "secret", name: "Default key", expires_at: null });
    const second = await rotateDefault({ grace_hours: 1 });
    expect(await isAlive(holding(first, send))).toBe(true);
    const third = await rotateDefault({});
    expect(await isAlive(holding(first, send))).toBe(true);
    expect(await isAlive(holding(second, send))).toBe(false);
    pass(hourMs);
    expect(await isAlive(holding(first, send))).toBe(false);
    expect(await isAlive(holding(third, send))).toBe(true);
    expect(await isAlive(other)).toBe(true);
  });

  it("stays the default when it is rotated by its id, and is made anew once it was revoked", async () => {
    const first = await rotateDefault();
    const second = read(await rotate(amina, first.id), 201, keyMade);
    const third = await rotateDefault();
    expect(await isAlive(holding(second, send))).toBe(false);
    await amina.call("DELETE", `/api/account/api-keys/${third.id}`);
    expect(await isAlive(holding(await rotateDefault(), send))).toBe(true);
    expect((await keysOf(amina)).data).toHaveLength(1);
  });

  it("twenty times at once leaves exactly one that works", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => rotateDefault()));
    const alive = await Promise.all(made.map((one) => isAlive(holding(one, send))));
    expect(alive.filter(Boolean)).toHaveLength(1);
    expect((await keysOf(amina)).data).toHaveLength(1);
    expect(await auditOf(amina, "key.rotate")).toHaveLength(20);
  });
});

describe("an Idempotency-Key", () => {
  const submit = (client: Client, body: object = bodyOf("plain", 1)) =>
    client.post("/api/videos", body, { "Idempotency-Key": "order-7", ...fromShop });

  it("is a session's or a key's own: nobody is handed what another credential was answered", async () => {
    const callers: Client[] = [amina, await withSecretKey(amina, send), await withEmbedKey(amina, send)];
    const ids: string[] = [];
    for (const caller of callers) {
      const reply = await submit(caller);
      expect(reply.headers.has("Idempotent-Replayed")).toBe(false);
      ids.push(read(reply, 202, videoAccepted).id);
    }
    expect(new Set(ids).size).toBe(3);
    for (const [place, caller] of callers.entries()) {
      const again = await submit(caller);
      expect(again.headers.get("Idempotent-Replayed")).toBe("true");
      expect(read(again, 202, videoAccepted).id).toBe(ids[place]);
    }
  });
});

describe("an embed key", () => {
  let shop: Holder;
  beforeEach(async () => {
    shop = await withEmbedKey(amina, send);
  });

  it("makes and follows videos from its page", async () => {
    expect((await shop.post("/api/videos/quote", bodyOf("plain", 1), fromShop)).status).toBe(200);
    const { id, urls } = read(await shop.post("/api/videos", bodyOf("plain", 1), fromShop), 202, videoAccepted);
    expect((await shop.get(`/api/videos/${id}`, fromShop)).status).toBe(200);
    // The link needs no key, and so no page.
    const events = await shop.withToken(null).fetch("GET", urls.events);
    expect(events.status).toBe(200);
    await events.body?.cancel();
  });

  it.each([
    ["another page", { Origin: "https://elsewhere.example" }],
    ["a subdomain", { Origin: "https://www.shop.example" }],
    ["the same host over http", { Origin: "http://shop.example" }],
    ["another port", { Origin: "https://shop.example:8443" }],
    ["a page without an origin", { Origin: "null" }],
    ["several at once", { Origin: `${shopOrigin}, https://elsewhere.example` }],
    ["no page", {}],
  ])("is refused from %s, and does nothing", async (_name, headers) => {
    const replies = await Promise.all([
      shop.post("/api/videos", bodyOf("plain", 1), headers),
      shop.get("/api/videos/vid_00000000000000000000000000", headers),
      shop.get("/api/videos", headers),
      shop.get("/api/billing/plans", headers),
    ]);
    for (const reply of replies) readProblem(reply, "origin_not_allowed");
    expect((await readKeyRow(shop.made.id))?.last_used_at_ms).toBeNull();
    expect(JSON.parse((await amina.get("/api/videos")).text).data).toEqual([]);
  });

  it.each([
    ["GET", "/api/videos"],
    ["POST", "/api/videos/batch"],
    ["DELETE", "/api/videos/vid_00000000000000000000000000"],
    ["POST", "/api/videos/vid_00000000000000000000000000/cancel"],
    ["POST", "/api/images"],
    ["GET", "/api/assets"],
    ["GET", "/api/projects"],
    ["GET", "/api/auth/me"],
    ["GET", "/api/credits/balance"],
    ["POST", "/api/payments/create-intent"],
    ["GET", "/api/account/api-keys"],
    ["GET", "/api/admin/users"],
  ])("may not %s %s", async (method, path) => {
    const reply = await shop.call(method, path, { headers: fromShop, ...(method === "POST" ? { json: {} } : {}) });
    expect(readProblem(reply, "forbidden").detail).toMatch(/embed key makes videos/);
  });

  it("whose list of pages was lost belongs on none", async () => {
    await run("UPDATE api_keys SET origins = NULL WHERE id = ?", shop.made.id);
    readProblem(await shop.get("/api/videos/vid_00000000000000000000000000", fromShop), "origin_not_allowed");
  });
});
