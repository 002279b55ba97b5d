import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { balanceAnswer } from "../../src/contract/credits.ts";
import { type DeletionAnswer, deletionAnswer, deletionStarted, exportStarted } from "../../src/contract/privacy.ts";
import { addressTables, tenantTables, userTables } from "../../src/core/privacy/tenant-tables.ts";
import type { CreditLedger } from "../../src/objects/credit-ledger.ts";
import { makeKey, newMember, openSession, type Person } from "../support/actors.ts";
import { newClient, password, read, readPointers, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { watchDatabase } from "../support/broken-database.ts";
import { type HeldMessage, type HeldQueue, holdQueue } from "../support/held-queue.ts";
import { stripeKeys } from "../support/payment-settings.ts";
import { ledgerOf } from "../support/stripe.ts";
import { submit, tenantIdOf } from "../support/videos.ts";
import {
  dumpFiles,
  dumpLedger,
  dumpTables,
  lettersOf,
  makeWhole,
  tableNames,
  type Whole,
} from "../support/whole-tenant.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const stripeAuth = { Authorization: `Bearer ${stripeKeys.secretKey}` };
const minuteMs = 60_000;
const quietMs = 16 * minuteMs;

async function deleteAccount(tenant: Tenant): Promise<string> {
  return read(await tenant.post("/api/account/delete", { confirm: tenant.email }), 202, deletionStarted).receipt_id;
}

async function receiptOf(id: string): Promise<DeletionAnswer> {
  return read(await newClient().get(`/api/account/deletions/${id}`), 200, deletionAnswer);
}

const messageOf = (deletionId: string): HeldMessage => ({
  queue: "shujaa-accounts",
  body: { type: "deletion", deletionId },
  attempts: 1,
  delaySeconds: 0,
});

function setClock(nowMs: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
}

/** Where any of the words stands, in D1 and in R2. */
async function placesOf(words: readonly string[]): Promise<string[]> {
  const has = (text: string) => words.some((word) => text.includes(word));
  const tables = Object.entries(await dumpTables()).filter(([, text]) => has(text));
  const files = Object.entries(await dumpFiles()).filter(
    ([key, bytes]) => has(key) || has(new TextDecoder().decode(bytes)),
  );
  return [...tables, ...files].map(([name]) => name);
}

const kept = ["audit_log", "audit_seals", "deletions"];

/** Those that were queued are; what was not the cron sends. */
async function untilLettersAreSent(queue: HeldQueue): Promise<void> {
  await queue.runCron();
  await queue.deliverAll();
  await vi.waitFor(
    async () =>
      expect(await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE recipient IS NOT NULL").first("n")).toBe(0),
    { timeout: 10_000, interval: 100 },
  );
}

describe("a tenant that has some of everything, deleted", () => {
  let whole: Whole;
  let other: Tenant;
  let otherBefore: Awaited<ReturnType<typeof rowsOf>>;
  let receipt: string;
  let exportLink: string;
  let headers: Record<string, Record<string, string>>;
  let ended: DeletionAnswer;
  const night = "2026-11-20";

  /** But for the backups that a cron may begin meanwhile. */
  const rowsOf = async (tenant: Tenant) => {
    const tenantId = await tenantIdOf(tenant);
    const tables = tenantTables.filter(({ table }) => table !== "tenant_backups");
    const answers = await env.DB.batch(
      tables.map(({ table, where }) => env.DB.prepare(`SELECT * FROM "${table}" WHERE ${where}`).bind(tenantId)),
    );
    const rows = Object.fromEntries(tables.map(({ table }, place) => [table, answers[place]?.results]));
    return { rows, ledger: await ledgerOf(tenantId).readStatement({ afterSequence: 0, limit: 100 }) };
  };

  beforeAll(async () => {
    whole = await makeWhole();
    const { tenant, world, member } = whole;
    other = await signUp({ send: world.send });
    await submit(other, "plain", 1);
    await world.queue.deliverAll();
    await ledgerOf(await tenantIdOf(other)).drainOutbox();
    otherBefore = await rowsOf(other);
    exportLink = read(await tenant.post("/api/account/export"), 202, exportStarted).download_url;
    await world.queue.deliverAll();
    const { tenantId } = tenant;
    await env.FILES.put(`backups/${night}/tenants/${tenantId}.json.gz`, "a night's copy");
    await env.DB.batch([
      env.DB.prepare("INSERT INTO backups (night, started_at_ms) VALUES (?, 1)").bind(night),
      env.DB.prepare("INSERT INTO tenant_backups (night, tenant_id) VALUES (?, ?)").bind(night, tenantId),
      env.DB.prepare(
        "INSERT INTO one_time_links (id, kind, token_hash, email, created_at_ms, expires_at_ms) VALUES ('lnk_1', 'sign_in', 'hash', ?, 1, 2)",
      ).bind(tenant.email),
      env.DB.prepare(
        "INSERT INTO mails (id, recipient, template, language, \"values\", created_at_ms, expires_at_ms) VALUES ('mal_1', ?, 'proof', 'en', '{}', 1, 2)",
      ).bind(tenant.email),
      env.DB.prepare(
        "INSERT INTO invitations (id, tenant_id, email, role, token_hash, invited_by, created_at_ms, expires_at_ms) VALUES ('inv_1', ?, ?, 'creator', 'hash', 'usr_1', 1, 2)",
      ).bind(await tenantIdOf(other), tenant.email),
    ]);
    const owner: Person = { userId: tenant.session.user.id, tenantId, role: "owner", isAdmin: false };
    headers = {
      key: (await makeKey(owner, "secret")).headers,
      "another session": (await openSession(owner)).headers,
      "the member's session": (await openSession(member)).headers,
      "the member's key": (await makeKey(member, "secret")).headers,
    };
    for (const [name, sent] of Object.entries(headers))
      expect((await newClient().get("/api/credits/balance", sent)).status, name).toBe(200);
    // A video that is being made, and an order that somebody may still pay.
    whole.videoIds.push((await submit(tenant, "plain", 1)).id);
  });

  it("is not begun for another address, nor for none", async () => {
    const { tenant } = whole;
    expect(readPointers(await tenant.post("/api/account/delete", { confirm: "somebody@example.com" }))).toEqual([
      "/confirm",
    ]);
    expect(readPointers(await tenant.post("/api/account/delete", {}))).toEqual(["/confirm"]);
    const stale = await openSession(
      { userId: tenant.session.user.id, tenantId: tenant.tenantId, role: "owner", isAdmin: false },
      { ageMs: 3 * 3_600_000 },
    );
    const confirmed = { json: { confirm: tenant.email }, headers: stale.headers };
    readProblem(await newClient().call("POST", "/api/account/delete", confirmed), "sign_in_again");
    const byKey = { json: { confirm: tenant.email }, headers: headers.key ?? {} };
    readProblem(await newClient().call("POST", "/api/account/delete", byKey), "forbidden");
    expect((await tenant.get("/api/credits/balance")).status).toBe(200);
  });

  it("shuts everybody out at once, and only from there", async () => {
    const { tenant, member } = whole;
    const spelled = { confirm: ` ${tenant.email.toUpperCase()} ` };
    receipt = read(await tenant.post("/api/account/delete", spelled), 202, deletionStarted).receipt_id;
    readProblem(await tenant.get("/api/credits/balance"), "unauthenticated");
    readProblem(await tenant.post("/api/account/export"), "unauthenticated");
    for (const sent of Object.values(headers))
      readProblem(await newClient().get("/api/credits/balance", sent), "unauthenticated");
    readProblem(await newClient().post("/api/auth/login", { email: tenant.email, password }), "invalid_credentials");
    const own = await env.DB.prepare("SELECT count(*) AS n FROM memberships WHERE user_id = ?")
      .bind(member.userId)
      .first("n");
    expect(own).toBe(2);
    expect(await receiptOf(receipt)).toMatchObject({ status: "running", completed_at: null });
  });

  it("stops what renders, ends what is paid, and empties everything", async () => {
    const { tenant, world, subscription, words } = whole;
    await world.queue.deliver(world.queue.waiting.find(({ body }) => (body as { type: string }).type === "deletion"));
    const atStripe = await fetch(`${whole.stripeBase}/v1/subscriptions/${subscription}`, { headers: stripeAuth });
    expect(await atStripe.json()).toMatchObject({ status: "canceled" });
    expect(Object.keys(await dumpFiles(`tenants/${tenant.tenantId}/`))).toEqual([]);
    expect(Object.keys(await dumpFiles("backups/")).filter((key) => key.includes(tenant.tenantId))).toEqual([]);
    expect((await newClient().get(exportLink)).status).toBe(404);
    for (const { table, where } of tenantTables) {
      const rows = await env.DB.prepare(`SELECT count(*) AS n FROM "${table}" WHERE ${where}`)
        .bind(tenant.tenantId)
        .first("n");
      expect(rows, table).toBe(0);
    }
    expect(await dumpLedger(tenant.tenantId)).not.toContain(words[0]);
    ended = await receiptOf(receipt);
    expect(ended).toMatchObject({
      status: "completed",
      completed_at: expect.any(String),
      deleted: { videos: 3, images: 1, assets: 1, projects: 1, payments: 4, api_keys: 3, exports: 1 },
    });
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(whole.tenant.email));
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(ended.email_digest).toBe(hex);
  });

  it("is swept when nobody is left who was let in before", async () => {
    const { world, tenant } = whole;
    const requestedAtMs = Date.parse(ended.requested_at);
    // As somebody writes who was let in before.
    await env.DB.batch([
      env.DB.prepare("INSERT INTO uploads (id, tenant_id, started_at_ms) VALUES ('ast_late', ?, 1)").bind(
        tenant.tenantId,
      ),
      env.DB.prepare(
        "INSERT INTO idempotency_keys (scope, key, fingerprint, claimed_at_ms) VALUES (?, 'k', 'f', ?)",
      ).bind(tenant.session.user.id, requestedAtMs + quietMs),
    ]);
    await env.FILES.put(`tenants/${tenant.tenantId}/assets/ast_late/file`, "late");
    const late = () => placesOf(["ast_late", tenant.session.user.id]);
    for (const [atMs, places] of [
      [requestedAtMs + quietMs - 1000, ["idempotency_keys", "uploads"]],
      [requestedAtMs + quietMs + 1000, []],
    ] as const) {
      setClock(atMs);
      await world.queue.runCron();
      await world.queue.deliverAll();
      expect(await late()).toEqual(expect.arrayContaining([...places]));
    }
    expect((await late()).filter((place) => !kept.includes(place))).toEqual([]);
    expect(Object.keys(await dumpFiles(`tenants/${tenant.tenantId}/`))).toEqual([]);
    expect(await receiptOf(receipt)).toEqual(ended);
  });

  it("is nowhere any more, but for the receipt and the audit log", async () => {
    await untilLettersAreSent(whole.world.queue);
    expect((await placesOf(whole.words)).filter((place) => !kept.includes(place))).toEqual([]);
    expect(await dumpLedger(whole.tenant.tenantId)).not.toContain(whole.tenant.tenantId);
    const { audit_log: log = "", deletions = "" } = await dumpTables();
    for (const word of [whole.tenant.email, whole.name, whole.phone]) {
      expect(log).not.toContain(word);
      expect(deletions).not.toContain(word);
    }
    for (const id of whole.videoIds)
      expect(await env.DB.prepare("SELECT 1 FROM videos WHERE id = ?").bind(id).first()).toBeNull();
  });

  it("is not begun anew by what comes late", async () => {
    const { tenant, world, videoIds } = whole;
    const before = await dumpTables();
    const [videoId = ""] = videoIds;
    await world.queue.deliver({
      queue: "shujaa-render",
      body: { type: "render", videoId },
      attempts: 1,
      delaySeconds: 0,
    });
    await world.queue.deliver({
      queue: "shujaa-render-part",
      body: { type: "part", videoId, part: 1 },
      attempts: 1,
      delaySeconds: 0,
    });
    await world.queue.deliver({
      queue: "shujaa-accounts",
      body: { type: "backup", night: "2026-11-21", tenantId: tenant.tenantId },
      attempts: 1,
      delaySeconds: 0,
    });
    await world.queue.deliver({ ...messageOf(receipt), attempts: 2 });
    // As it wakes up after it was put away: nothing begins anew.
    await evictDurableObject(ledgerOf(tenant.tenantId));
    await runDurableObjectAlarm(ledgerOf(tenant.tenantId));
    await runInDurableObject(ledgerOf(tenant.tenantId), (ledger: CreditLedger) =>
      expect(ledger.readBalance()).rejects.toThrow(),
    );
    expect(await dumpTables()).toEqual(before);

    // Stripe tells of the end of the subscription, and names its customer.
    const told = await world.deliver(tenant);
    expect(told.map(({ type }) => type)).toContain("customer.subscription.deleted");
    expect(await world.call(`/v1/customers/${tenant.customer}`, {})).toMatchObject({
      email: null,
      name: null,
      phone: null,
    });
    expect((await placesOf(whole.words)).filter((place) => !kept.includes(place))).toEqual([]);
    expect((await placesOf([tenant.customer])).filter((place) => place !== "provider_events")).toEqual([]);
    expect(await dumpLedger(tenant.tenantId)).not.toContain(tenant.tenantId);
    await world.queue.runCron();
    expect(await receiptOf(receipt)).toEqual(ended);
  });

  it("leaves others as they were", async () => {
    vi.useRealTimers();
    expect(await rowsOf(other)).toEqual(otherBefore);
    expect(otherBefore.ledger.entries.length).toBeGreaterThan(2);
  });

  it("told its owner when it began and when it was done, by the receipt and no more", async () => {
    const letters = (await lettersOf(whole)).filter(({ text }) => text.includes(receipt));
    expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
      [whole.tenant.email, "Your account is being deleted"],
      [whole.tenant.email, "Your account is deleted"],
    ]);
  });

  it("lets its owner begin anew, with a tenant of their own and no second welcome", async () => {
    const { tenant } = whole;
    const again = await signUp({ email: tenant.email });
    expect(await tenantIdOf(again)).not.toBe(tenant.tenantId);
    expect(read(await again.get("/api/credits/balance"), 200, balanceAnswer).balance).toBe(0);
    expect(read(await (await signUp()).get("/api/credits/balance"), 200, balanceAnswer).balance).toBe(10);
  });
});

describe("a deletion", () => {
  it("leaves a tenant that has another owner, and takes only the membership", async () => {
    const queue = holdQueue({}, true);
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    const owner: Person = { userId: amina.session.user.id, tenantId, role: "owner", isAdmin: false };
    const second = await newMember(owner, "owner");
    const { headers } = await openSession(second);
    const { headers: byKey } = await makeKey(owner, "secret");
    const id = await deleteAccount(amina);
    await queue.deliver();
    readProblem(await newClient().get("/api/credits/balance", byKey), "unauthenticated");
    expect(read(await newClient().get("/api/credits/balance", headers), 200, balanceAnswer).balance).toBe(10);
    expect(await receiptOf(id)).toMatchObject({ status: "completed", deleted: {} });
    vi.useRealTimers();
    expect(read(await newClient().get("/api/credits/balance", headers), 200, balanceAnswer).balance).toBe(10);
    await untilLettersAreSent(queue);
    expect(await placesOf([amina.email])).toEqual([]);
  });

  it("takes what its owner had exported from a tenant that stays", async () => {
    const queue = holdQueue({}, true);
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    const owner: Person = { userId: amina.session.user.id, tenantId, role: "owner", isAdmin: false };
    await newMember(owner, "owner");
    expect((await amina.post("/api/account/export")).status).toBe(202);
    await queue.deliverAll();
    expect(Object.keys(await dumpFiles(`tenants/${tenantId}/exports/`))).toHaveLength(1);
    await deleteAccount(amina);
    await queue.deliverAll();
    expect(Object.keys(await dumpFiles(`tenants/${tenantId}/exports/`))).toEqual([]);
    const left = await env.DB.prepare("SELECT id FROM data_exports WHERE user_id = ?").bind(owner.userId).all();
    expect(left.results).toEqual([]);
  });

  it("of both owners at once takes the tenant once", async () => {
    const queue = holdQueue({}, true);
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    const owner: Person = { userId: amina.session.user.id, tenantId, role: "owner", isAdmin: false };
    const second = await newMember(owner, "owner");
    const { email } = (await env.DB.prepare("SELECT email FROM users WHERE id = ?")
      .bind(second.userId)
      .first<{ email: string }>()) ?? { email: "" };
    const { headers } = await openSession(second);
    await Promise.all([
      deleteAccount(amina),
      newClient({ send: queue.send }).call("POST", "/api/account/delete", { json: { confirm: email }, headers }),
    ]);
    const { results } = await env.DB.prepare("SELECT tenant_ids FROM deletions WHERE user_id IN (?, ?)")
      .bind(owner.userId, second.userId)
      .all<{ tenant_ids: string }>();
    expect(results).toHaveLength(2);
    expect(results.filter(({ tenant_ids: ids }) => ids.includes(tenantId))).toHaveLength(1);
  });

  it("asked for twice at once is one", async () => {
    const queue = holdQueue({}, true);
    const amina = await signUp({ send: queue.send });
    const replies = await Promise.all([1, 2, 3].map(() => amina.post("/api/account/delete", { confirm: amina.email })));
    const receipts = replies.filter(({ status }) => status === 202).map(({ text }) => JSON.parse(text).receipt_id);
    expect(receipts.length).toBeGreaterThan(0);
    expect(new Set(receipts).size).toBe(1);
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM deletions WHERE user_id = ?")
      .bind(amina.session.user.id)
      .first("n");
    expect(rows).toBe(1);
  });

  it("that dies at any of its calls goes on, to the same end", async () => {
    const queue = holdQueue({}, true);
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    await submit(amina, "plain", 1);
    await queue.deliverAll();
    await submit(amina, "plain", 1);
    const words = [tenantId, amina.email, amina.session.user.id];
    const id = await deleteAccount(amina);
    queue.waiting.splice(0);
    const database = watchDatabase();
    let nowMs = Date.now();
    let deaths = 0;
    for (let isDone = false; !isDone; deaths += 1) {
      expect(deaths).toBeLessThan(150);
      database.breakAt(deaths + 1);
      await queue.deliver(messageOf(id));
      database.mend();
      queue.waiting.splice(0);
      nowMs += 61_000;
      setClock(nowMs);
      isDone = (await receiptOf(id)).status === "completed";
    }
    expect(deaths).toBeGreaterThan(30);
    expect((await receiptOf(id)).deleted).toMatchObject({ videos: 2, files: expect.any(Number) });
    await untilLettersAreSent(queue);
    expect((await placesOf(words)).filter((place) => !kept.includes(place))).toEqual([]);
    expect(await dumpLedger(tenantId)).not.toContain(tenantId);
  });

  it("waits for whatever is away: the file store, Stripe", async () => {
    const whole = await makeWhole();
    const { tenant, world, words } = whole;
    const id = await deleteAccount(tenant);
    world.queue.waiting.splice(0);
    let nowMs = Date.now();
    const tryAgain = async () => {
      await world.queue.deliver(messageOf(id));
      nowMs += 3_700_000;
      setClock(nowMs);
    };
    const bucket = Object.getPrototypeOf(env.FILES) as R2Bucket;
    const list = vi.spyOn(bucket, "list").mockRejectedValueOnce(new Error("R2 is away"));
    await tryAgain();
    expect((await receiptOf(id)).deleted).toEqual({});
    list.mockRestore();
    await world.act("add-fault", { pathPrefix: "/v1/subscriptions", kind: "error", times: 4 });
    await tryAgain();
    expect(
      await env.DB.prepare("SELECT customer_id FROM stripe_customers WHERE tenant_id = ?")
        .bind(tenant.tenantId)
        .first("customer_id"),
    ).toBe(tenant.customer);
    await world.act("clear-faults");
    const remove = vi.spyOn(bucket, "delete").mockRejectedValueOnce(new Error("R2 is away"));
    await tryAgain();
    remove.mockRestore();
    expect(await receiptOf(id)).toMatchObject({ status: "running" });
    await tryAgain();
    expect(await receiptOf(id)).toMatchObject({ status: "completed", deleted: { videos: 2, images: 1 } });
    await untilLettersAreSent(world.queue);
    expect((await placesOf(words)).filter((place) => !kept.includes(place))).toEqual([]);
  });

  it("is known to nobody without its receipt", async () => {
    readProblem(await newClient().get("/api/account/deletions/del_00000000000000000000000000"), "not_found");
    readProblem(await newClient().get("/api/account/deletions/nonsense"), "not_found");
  });
});

describe("the list of tables", () => {
  /** Of no tenant and no user, or kept when they go; docs/privacy.md has the reasons. */
  const exempt = [
    "audit_log",
    "audit_seals",
    "backups",
    "deletions",
    "receipt_pulls",
    "render_paces",
    "stray_receipts",
  ];

  it("names every table there is", async () => {
    const listed = [...tenantTables, ...userTables, ...addressTables].map(({ table }) => table);
    expect([...new Set([...listed, ...exempt])].sort()).toEqual(await tableNames());
  });

  it("names columns that are there, and every one that is a hash or a salt", async () => {
    for (const { table, secrets = [], isInternal } of [...tenantTables, ...userTables]) {
      const { results } = await env.DB.prepare(`SELECT name FROM pragma_table_info('${table}')`).all<{
        name: string;
      }>();
      const columns = results.map(({ name }) => name);
      expect(columns, table).toEqual(expect.arrayContaining([...secrets]));
      const secret = columns.filter((name) => /hash|salt|secret/.test(name));
      if (isInternal !== true) expect(secrets, table).toEqual(expect.arrayContaining(secret));
    }
  });
});
