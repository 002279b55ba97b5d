import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { auditProofAnswer } from "../../src/contract/audit.ts";
import {
  backupStartedAnswer,
  backupStatusAnswer,
  nightAnswer,
  nightsAnswer,
  type RestoredAnswer,
  restoredAnswer,
} from "../../src/contract/backups.ts";
import { statementAnswer } from "../../src/contract/credits.ts";
import { projectAnswer } from "../../src/contract/projects.ts";
import { sealAuditLog } from "../../src/core/audit/seal-audit-log.ts";
import { verifyAuditLog } from "../../src/core/audit/verify-audit-log.ts";
import { writeAudit } from "../../src/core/audit/write-audit.ts";
import { backedTables } from "../../src/core/backups/backed-tables.ts";
import { restoreTenant } from "../../src/core/backups/restore-tenant.ts";
import { tendBackups } from "../../src/core/backups/tend-backups.ts";
import type { Context, SystemActor, UserContext } from "../../src/core/context.ts";
import { deletionSteps } from "../../src/core/privacy/deletion-steps.ts";
import { tenantTables, userTables } from "../../src/core/privacy/tenant-tables.ts";
import { consumeBatch } from "../../src/jobs/queue.ts";
import { ledgerOf } from "../simulation/ledger-world.ts";
import { newClient, newEmail, password, read, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { makeAsset } from "../support/assets.ts";
import { at } from "../support/later.ts";
import { newContext, payFor, signUpOperator } from "../support/payment-rows.ts";
import { makeVideo, readMoney, setPlan, tenantIdOf } from "../support/videos.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

let days = 0;
/** Two in the morning of a day that no test had yet. */
function nextNight(): { night: string; nowMs: number } {
  days += 1;
  const nowMs = Date.UTC(2031, 4, days, 2);
  return { night: new Date(nowMs).toISOString().slice(0, 10), nowMs };
}

type Sent = { type: string; night?: string; tenantId?: string };
type Cron = Context<SystemActor> & { sent: Sent[]; lines: string[] };

function cronAt(nowMs: number): Cron {
  const context = newContext();
  const sent: Sent[] = [];
  const lines: string[] = [];
  const deps = {
    ...context.deps,
    clock: { now: () => nowMs },
    accountQueue: { send: async (message: Sent) => void sent.push(message) },
    log: { write: (_level: string, event: string) => void lines.push(event) },
  };
  return { ...context, deps, sent, lines };
}

async function deliver(cron: Cron): Promise<void> {
  for (const body of cron.sent.splice(0)) {
    let isAcked = false;
    const message = {
      id: "message",
      timestamp: new Date(),
      attempts: 1,
      body,
      ack: () => {
        isAcked = true;
      },
      retry: () => undefined,
    };
    const batch = { queue: "shujaa-accounts", messages: [message] } as unknown as MessageBatch;
    await consumeBatch(cron, batch);
    expect(isAcked, JSON.stringify(body)).toBe(true);
  }
}

async function backUp(nowMs: number): Promise<Cron> {
  const cron = cronAt(nowMs);
  await tendBackups(cron);
  await deliver(cron);
  await tendBackups(cron);
  expect(cron.lines).toContain("backup_completed");
  return cron;
}

async function tableNames(): Promise<string[]> {
  const query =
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name <> 'd1_migrations' ORDER BY name";
  return (await env.DB.prepare(query).all<{ name: string }>()).results.map(({ name }) => name);
}

/** As after a loss: D1 is empty but for its tables, and so are the ledgers. What lies in R2 is there. */
async function loseEverything(...tenantIds: string[]): Promise<void> {
  const triggers = (
    await env.DB.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all<{
      name: string;
      sql: string;
    }>()
  ).results;
  await env.DB.batch([
    env.DB.prepare("PRAGMA defer_foreign_keys = on"),
    ...triggers.map(({ name }) => env.DB.prepare(`DROP TRIGGER ${name}`)),
    ...(await tableNames()).map((name) => env.DB.prepare(`DELETE FROM ${name}`)),
    ...triggers.map(({ sql }) => env.DB.prepare(sql)),
  ]);
  for (const tenantId of tenantIds) {
    await runInDurableObject(ledgerOf(tenantId), async (_ledger, { storage }) => {
      await storage.deleteAlarm();
      await storage.deleteAll();
    });
    await evictDurableObject(ledgerOf(tenantId));
  }
}

/** Every row that is backed up of a tenant, as text. */
async function rowsOf(tenantId: string, userIds: string[]): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const { table, where, of } of backedTables) {
    for (const id of of === "tenant" ? [tenantId] : userIds) {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE ${where}`).bind(id).all();
      rows[table] = [...new Set([...(rows[table] ?? []), ...results.map((row) => JSON.stringify(row))])].sort();
    }
  }
  return rows;
}

const statementOf = async (tenant: Tenant) =>
  read(await tenant.get("/api/credits/statement?limit=100"), 200, statementAnswer);

async function restore(operator: Tenant, night: string, tenantId?: string): Promise<RestoredAnswer> {
  const body = tenantId === undefined ? {} : { tenant_id: tenantId };
  return read(await operator.post(`/api/admin/backups/${night}/restore`, body), 200, restoredAnswer);
}

async function signInAgain(tenant: Tenant): Promise<Tenant> {
  const visitor = newClient();
  const reply = await visitor.post("/api/auth/login", { email: tenant.email, password });
  expect(reply.status, reply.text).toBe(200);
  const token = JSON.parse(reply.text).access_token as string;
  return { ...tenant, ...visitor.withToken(token), token };
}

/** Somebody who has some of everything, and a second member. */
async function customer(): Promise<{ amina: Tenant; juma: Tenant; tenantId: string; userId: string }> {
  const [amina, juma] = await Promise.all([signUp(), signUp()]);
  const tenantId = await tenantIdOf(amina);
  const userId = amina.session.user.id;
  await setPlan(amina, "pro");
  const payment = await payFor(amina);
  await payFor(amina);
  await ledgerOf(tenantId).reclaim({
    id: "re_1",
    paymentId: payment.id,
    amount: 100,
    paid: 999,
    description: "Refund",
  });
  await makeVideo(amina);
  await makeAsset(amina);
  read(await amina.post("/api/projects", { title: "Duka", scenes: [{ text: "Karibu dukani." }] }), 201, projectAnswer);
  expect((await amina.post("/api/images", { prompt: "A fishing boat" })).status).toBe(201);
  await env.DB.batch([
    env.DB.prepare("INSERT INTO memberships VALUES (?, ?, 'creator', ?)").bind(
      tenantId,
      juma.session.user.id,
      Date.now() + 1000,
    ),
    env.DB.prepare(
      "INSERT INTO api_keys (id, tenant_id, user_id, name, kind, hash, prefix, last_four, is_default, created_at_ms) VALUES (?, ?, ?, 'mine', 'secret', ?, 'sk', 'abcd', 0, 1)",
    ).bind(`key_${tenantId.slice(4)}`, tenantId, userId, `hash of ${tenantId}`),
  ]);
  return { amina, juma, tenantId, userId };
}

/** Whose calls of R2, of D1's batches and of the ledger are counted, and may be the last. */
function dyingContext(operator: Tenant, tenantId: string, count: () => void): UserContext {
  const context = newContext();
  const { deps } = context;
  const counted = <Target extends object>(target: Target, names: string[]): Target =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          if (names.includes(String(name))) count();
          return Reflect.apply(value, object, given) as unknown;
        };
      },
    });
  return {
    ...context,
    actor: {
      kind: "user",
      userId: operator.session.user.id,
      tenantId,
      via: { kind: "session", sessionId: "ses_1", authenticatedAtMs: Date.now() },
      role: "owner",
      plan: "free",
      isAdmin: true,
    },
    deps: {
      ...deps,
      files: counted(deps.files, ["open"]),
      db: counted(deps.db, ["batch"]),
      ledger: (id) => counted(deps.ledger(id), ["load", "drainOutbox"]),
    },
  };
}

describe("a backup", () => {
  it("holds every table, or says why not", async () => {
    const elsewhere = {
      audit_log: "with its seals, by itself",
      audit_seals: "with its rows, by itself",
      backups: "written beside the backups",
      deletions: "the service's",
      mails: "letters on their way: whoever waits asks again",
      receipt_pulls: "when a list is asked for next",
      render_paces: "the service's",
      stray_receipts: "the service's",
    };
    const hours = [
      "sessions",
      "one_time_links",
      "idempotency_keys",
      "uploads",
      "tenant_backups",
      "credit_transactions",
    ];
    const backed = new Set(backedTables.map(({ table }) => table));
    const owned = new Set([...tenantTables, ...userTables].map(({ table }) => table));
    expect([...owned].filter((table) => !backed.has(table)).sort()).toEqual(hours.sort());
    const known = [...backed, ...hours, ...Object.keys(elsewhere)];
    expect((await tableNames()).filter((table) => !known.includes(table))).toEqual([]);
  });

  it("begins once a night after one o'clock, whoever comes how often, and is told when it was made", async () => {
    const { night, nowMs } = nextNight();
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const status = async () => read(await amina.get("/api/account/backup-status"), 200, backupStatusAnswer);
    expect(await status()).toMatchObject({ last_backup_at: null });

    const early = cronAt(nowMs - hourMs - 1);
    await tendBackups(early);
    expect(early.sent).toEqual([]);

    const crons = [cronAt(nowMs), cronAt(nowMs), cronAt(nowMs)];
    await Promise.all(crons.map((cron) => tendBackups(cron)));
    for (const { sent } of crons) expect(sent).toContainEqual({ type: "backup", night, tenantId });
    for (const cron of crons) await deliver(cron);
    await Promise.all(crons.map((cron) => tendBackups(cron)));
    expect(crons.flatMap(({ lines }) => lines.filter((line) => line === "backup_completed"))).toHaveLength(1);
    for (const cron of crons) {
      await tendBackups(cron);
      expect(cron.sent).toEqual([]);
    }
    expect(await status()).toMatchObject({ last_backup_at: new Date(nowMs).toISOString() });
    const { results } = await env.DB.prepare("SELECT * FROM backups WHERE night = ?").bind(night).all();
    expect(results).toEqual([expect.objectContaining({ completed_at_ms: nowMs, tenants: expect.any(Number) })]);
  });

  it("says when the next is, on both sides of one o'clock", async () => {
    const amina = await signUp();
    const midnight = Math.ceil(Date.now() / dayMs) * dayMs;
    for (const [nowMs, nextMs] of [
      [midnight + hourMs - 1, midnight + hourMs],
      [midnight + hourMs, midnight + dayMs + hourMs],
    ] as const) {
      const later = await at(amina, nowMs);
      const { next_backup_at } = read(await later.get("/api/account/backup-status"), 200, backupStatusAnswer);
      expect(next_backup_at).toBe(new Date(nextMs).toISOString());
    }
    vi.useRealTimers();
  });

  it("is JSON in gzip, and what is on its way while a tenant is closed leaves no file", async () => {
    const { night, nowMs } = nextNight();
    const [amina, juma] = await Promise.all([signUp(), signUp()]);
    const [kept, closed] = [await tenantIdOf(amina), await tenantIdOf(juma)];
    const cron = cronAt(nowMs);
    await tendBackups(cron);
    await env.DB.prepare("UPDATE tenants SET closed_at_ms = 1 WHERE id = ?").bind(closed).run();
    await deliver(cron);
    await tendBackups(cron);
    expect(cron.lines).toContain("backup_completed");
    expect(await env.FILES.head(`backups/${night}/tenants/${closed}.json.gz`)).toBeNull();
    const file = await env.FILES.get(`backups/${night}/tenants/${kept}.json.gz`);
    const text = await new Response(file?.body.pipeThrough(new DecompressionStream("gzip"))).text();
    const document = JSON.parse(text) as { night: string; tenant_id: string; parts: object[] };
    expect(document).toMatchObject({ version: 1, night, tenant_id: kept });
    expect(document.parts[0]).toMatchObject({ table: "users", rows: [{ email: amina.email }] });
    expect(document.parts.at(-1)).toEqual({ end: true });
    const [row] = (
      await env.DB.prepare("SELECT * FROM tenant_backups WHERE tenant_id = ?")
        .bind(kept)
        .all<{ bytes: number; sha256: string }>()
    ).results;
    expect(row?.bytes).toBe(file?.size);
    expect(row?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is dropped after thirty nights, and only once a newer one is whole", async () => {
    const { night, nowMs } = nextNight();
    const nightBefore = (count: number) => new Date(nowMs - count * dayMs).toISOString().slice(0, 10);
    const [old, young] = [nightBefore(31), nightBefore(30)];
    const mark = (name: string) =>
      JSON.stringify({ night: name, started_at: "", completed_at: null, tenants: 0, bytes: 0 });
    for (const name of [old, young]) {
      await env.FILES.put(`backups/${name}/tenants/ten_1.json.gz`, "x");
      await env.FILES.put(`backups/nights/${name}.json`, mark(name));
      await env.DB.prepare("INSERT INTO backups VALUES (?, 1, 1, 0, 0)").bind(name).run();
    }
    const has = async (name: string) => (await env.FILES.list({ prefix: `backups/${name}/` })).objects.length > 0;
    const cron = cronAt(nowMs);
    await tendBackups(cron);
    expect(await has(old)).toBe(true);
    await deliver(cron);
    await tendBackups(cron);
    expect([await has(old), await has(young), await has(night)]).toEqual([false, true, true]);
    const operator = await signUpOperator();
    const nights = read(await operator.get("/api/admin/backups"), 200, nightsAnswer).data.map((one) => one.night);
    expect(nights).toContain(young);
    expect(nights).not.toContain(old);
    expect(nights[0]).toBe(night);
    const rows = await env.DB.prepare("SELECT 1 FROM backups WHERE night = ?").bind(old).all();
    expect(rows.results).toEqual([]);
  });

  it("ends without a tenant that cannot be backed up, so that deletions are written down and old nights dropped", async () => {
    const { night, nowMs } = nextNight();
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const old = new Date(nowMs - 40 * dayMs).toISOString().slice(0, 10);
    await env.DB.prepare("INSERT INTO backups VALUES (?, 1, 1, 0, 0)").bind(old).run();
    const service = () => env.FILES.head(`backups/${night}/service.json.gz`);
    await tendBackups(cronAt(nowMs));
    const waiting = cronAt(nowMs + 20 * hourMs - 1);
    await tendBackups(waiting);
    expect(waiting.sent.map((sent) => sent.tenantId)).toContain(tenantId);
    expect(await service()).toBeNull();
    const cron = cronAt(nowMs + 20 * hourMs);
    await tendBackups(cron);
    expect(cron.lines).toEqual(expect.arrayContaining(["backup_incomplete", "backup_completed"]));
    expect(await service()).not.toBeNull();
    expect((await env.DB.prepare("SELECT 1 FROM backups WHERE night = ?").bind(old).all()).results).toEqual([]);
    const after = cronAt(nowMs + 21 * hourMs);
    await tendBackups(after);
    expect([after.sent, after.lines]).toEqual([[], []]);
  });

  it("is made, deleted from and dropped though the mark of another night is damaged", async () => {
    const { night, nowMs } = nextNight();
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const damaged = new Date(nowMs - 10 * dayMs).toISOString().slice(0, 10);
    await env.FILES.put(`backups/nights/${damaged}.json`, "{");
    await env.FILES.put("backups/nights/notes.json", "{}");
    const copy = `backups/${damaged}/tenants/${tenantId}.json.gz`;
    await env.FILES.put(copy, "x");
    const cron = await backUp(nowMs);
    const backups = deletionSteps.find(({ name }) => name === "backups");
    await backups?.run(cron, tenantId);
    expect(await env.FILES.head(copy)).toBeNull();
    expect(await env.FILES.head(`backups/${night}/tenants/${tenantId}.json.gz`)).toBeNull();
    await env.FILES.put(copy, "x");
    await backUp(nowMs + 30 * dayMs);
    expect([await env.FILES.head(copy), await env.FILES.head(`backups/nights/${damaged}.json`)]).toEqual([null, null]);
    days += 30;
    await env.FILES.delete("backups/nights/notes.json");
  });

  it("is made at once when an operator says so, with whoever came since", async () => {
    const operator = await signUpOperator();
    const amina = await signUp();
    const started = read(await operator.post("/api/admin/backups"), 202, backupStartedAnswer);
    const { night } = started;
    const key = `backups/${night}/tenants/${await tenantIdOf(amina)}.json.gz`;
    const cron = cronAt(Date.now());
    await env.DB.prepare("DELETE FROM backups WHERE night > ?").bind(night).run();
    await tendBackups(cron);
    await deliver(cron);
    expect(await env.FILES.head(key)).not.toBeNull();
    const first = read(await operator.get(`/api/admin/backups/${night}`), 200, nightAnswer);
    expect(first.data.map(({ tenant_id }) => tenant_id)).toContain(await tenantIdOf(amina));
    readProblem(await operator.get("/api/admin/backups/2001-01-01"), "not_found");
    readProblem(await operator.get("/api/admin/backups/nights"), "not_found");
  });
});

describe("a restore", () => {
  it("brings back a tenant with everything: rows, ledger, audit log and the way in", async () => {
    const { night, nowMs } = nextNight();
    const { amina, tenantId, userId } = await customer();
    await sealAuditLog(cronAt(Date.now() + 5 * 60_000));
    const before = {
      statement: await statementOf(amina),
      rows: await rowsOf(tenantId, [userId]),
      money: await readMoney(amina),
      videos: (await amina.get("/api/videos")).text,
      audit: read(await amina.get("/api/account/audit-log/verify"), 200, auditProofAnswer),
    };
    expect(before.statement.proven).toBe(true);
    for (const table of [
      "payments",
      "videos",
      "images",
      "assets",
      "projects",
      "plan_periods",
      "api_keys",
      "passwords",
    ]) {
      expect(before.rows[table]?.length, table).toBeGreaterThan(0);
    }
    await backUp(nowMs);
    await loseEverything(tenantId);
    expect((await newClient().post("/api/auth/login", { email: amina.email, password })).status).toBe(401);

    const operator = await signUpOperator();
    const answer = await restore(operator, night, tenantId);
    expect(answer).toMatchObject({ outcome: "restored", ledger: "loaded", tenant_id: tenantId });
    expect(answer.rows).toMatchObject({ users: { restored: 1, kept: 0 }, videos: { restored: 1, kept: 0 } });
    // The other member is of another tenant, which is not back yet.
    expect(answer.rows.memberships).toMatchObject({ restored: 1 });

    const back = await signInAgain(amina);
    const [firstOf, withoutJuma] = [await rowsOf(tenantId, [userId]), { ...before.rows }];
    withoutJuma.memberships = (before.rows.memberships ?? []).filter((row) => row.includes(userId));
    expect(firstOf).toEqual(withoutJuma);
    expect(await statementOf(back)).toEqual(before.statement);
    expect(await readMoney(back)).toEqual(before.money);
    expect(JSON.parse((await back.get("/api/videos")).text).data.length).toBe(JSON.parse(before.videos).data.length);
    const audit = read(
      await back.get(`/api/account/audit-log/verify?known_hash=${before.audit.head.hash}`),
      200,
      auditProofAnswer,
    );
    expect(audit).toMatchObject({ intact: true, differences: [], known_hash: "found" });
    expect(audit.rows).toBeGreaterThan(before.audit.rows);
    expect(read(await back.get("/api/account/backup-status"), 200, backupStatusAnswer).last_backup_at).toBe(
      new Date(nowMs).toISOString(),
    );
    // The books go on where they were: what is paid with and what is counted.
    await makeVideo(back);
    expect((await statementOf(back)).proven).toBe(true);
  });

  it("brings a member back with whichever of the two tenants comes second", async () => {
    const { night, nowMs } = nextNight();
    const { juma, tenantId } = await customer();
    const jumasTenant = await tenantIdOf(juma);
    await backUp(nowMs);
    const membershipsOf = async () =>
      (
        await env.DB.prepare("SELECT tenant_id FROM memberships WHERE user_id = ? ORDER BY tenant_id")
          .bind(juma.session.user.id)
          .all<{ tenant_id: string }>()
      ).results.map((row) => row.tenant_id);
    for (const order of [
      [tenantId, jumasTenant],
      [jumasTenant, tenantId],
    ]) {
      await loseEverything(tenantId, jumasTenant);
      const operator = await signUpOperator();
      for (const one of order) expect(await restore(operator, night, one)).toMatchObject({ outcome: "restored" });
      expect(await membershipsOf()).toEqual([tenantId, jumasTenant].sort());
    }
  });

  it("comes to the same end wherever it breaks off, and is run again", async () => {
    const { night, nowMs } = nextNight();
    const { amina, tenantId, userId } = await customer();
    const before = { statement: await statementOf(amina), rows: await rowsOf(tenantId, [userId]) };
    before.rows.memberships = (before.rows.memberships ?? []).filter((row) => row.includes(userId));
    await backUp(nowMs);
    const step = { left: 0 };
    const count = () => {
      step.left -= 1;
      if (step.left === 0) throw new Error("it died here");
    };
    let steps = 0;
    for (let isDone = false; !isDone; ) {
      steps += 1;
      await loseEverything(tenantId);
      const operator = await signUpOperator();
      const context = dyingContext(operator, await tenantIdOf(operator), count);
      step.left = steps;
      isDone = await restoreTenant(context, night, tenantId).then(
        () => true,
        () => false,
      );
      expect(await restore(operator, night, tenantId)).toMatchObject({ outcome: "restored" });
      const back = await signInAgain(amina);
      expect(await rowsOf(tenantId, [userId]), `after step ${steps}`).toEqual(before.rows);
      expect(await statementOf(back), `after step ${steps}`).toEqual(before.statement);
      const audit = await verifyAuditLog(newContext().deps, tenantId, null);
      expect(audit, `after step ${steps}`).toMatchObject({ intact: true });
    }
    expect(steps).toBeGreaterThan(15);
  }, 240_000);

  it("overwrites nothing: run again, or onto what has lived on", async () => {
    const { night, nowMs } = nextNight();
    const { amina, juma, tenantId, userId } = await customer();
    await backUp(nowMs);
    await makeVideo(amina);
    await env.DB.batch([
      env.DB.prepare("UPDATE tenants SET name = 'Renamed' WHERE id = ?").bind(tenantId),
      env.DB.prepare("DELETE FROM memberships WHERE tenant_id = ? AND user_id = ?").bind(
        tenantId,
        juma.session.user.id,
      ),
    ]);
    const before = { rows: await rowsOf(tenantId, [userId]), statement: await statementOf(amina) };
    const operator = await signUpOperator();
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await restore(operator, night, tenantId);
      expect(answer).toMatchObject({ outcome: "restored", ledger: "kept" });
      for (const [table, { restored }] of Object.entries(answer.rows)) expect(restored, table).toBe(0);
    }
    // Whoever was put out since stays out.
    expect(await rowsOf(tenantId, [userId])).toEqual(before.rows);
    expect(await statementOf(amina)).toEqual(before.statement);
  });

  it("takes a ledger that has lived on as the truth, and lists what it knows, when only D1 was lost", async () => {
    const { night, nowMs } = nextNight();
    const { amina, tenantId } = await customer();
    await backUp(nowMs);
    await ledgerOf(tenantId).grant({ id: "later", type: "bonus", credits: 7, description: "Later" });
    const { balance } = await readMoney(amina);
    await loseEverything();
    const operator = await signUpOperator();
    expect(await restore(operator, night, tenantId)).toMatchObject({ outcome: "restored", ledger: "kept" });
    const back = await signInAgain(amina);
    expect(await statementOf(back)).toMatchObject({ proven: true, differences: [], balance });
    expect((await readMoney(back)).amounts.at(-1)).toBe(7);
  });

  it("does not bring back who was deleted, though the database that knew is lost", async () => {
    const { night, nowMs } = nextNight();
    const [amina, juma] = await Promise.all([signUp(), signUp()]);
    const [tenantId, jumasTenant] = [await tenantIdOf(amina), await tenantIdOf(juma)];
    await backUp(nowMs);
    const next = nextNight();
    await env.DB.batch([
      env.DB.prepare(
        "INSERT INTO deletions (id, user_id, tenant_ids, email_digest, requested_at_ms) VALUES (?, ?, ?, '', 1)",
      ).bind("del_1", amina.session.user.id, JSON.stringify([tenantId])),
      env.DB.prepare("UPDATE tenants SET closed_at_ms = 1 WHERE id = ?").bind(tenantId),
    ]);
    await backUp(next.nowMs);
    await loseEverything(tenantId, jumasTenant);
    const operator = await signUpOperator();
    expect(await restore(operator, night, tenantId)).toMatchObject({ outcome: "deleted", rows: {} });
    expect((await env.DB.prepare("SELECT 1 FROM tenants WHERE id = ?").bind(tenantId).all()).results).toEqual([]);
    expect((await env.DB.prepare("SELECT 1 FROM users WHERE email = ?").bind(amina.email).all()).results).toEqual([]);
    expect(await ledgerOf(tenantId).readBalance()).toMatchObject({ balance: 0 });
    expect(await restore(operator, night, jumasTenant)).toMatchObject({ outcome: "restored" });
    expect(await restore(operator, next.night)).toMatchObject({ tenant_id: null, outcome: "restored" });
    expect((await env.DB.prepare("SELECT id FROM deletions").all()).results).toEqual([{ id: "del_1" }]);

    // Nor does a backup that this database begins know less than the ones before it.
    const third = nextNight();
    await loseEverything();
    await backUp(third.nowMs);
    const file = await env.FILES.get(`backups/${third.night}/service.json.gz`);
    const text = await new Response(file?.body.pipeThrough(new DecompressionStream("gzip"))).text();
    expect(text).toContain("del_1");
  });

  it("says whose address is another's now, and writes nothing", async () => {
    const { night, nowMs } = nextNight();
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    await backUp(nowMs);
    await loseEverything(tenantId);
    const operator = await signUpOperator();
    const other = await signUp({ email: amina.email });
    expect(await restore(operator, night, tenantId)).toEqual({
      night,
      tenant_id: tenantId,
      outcome: "address_taken",
      rows: {},
      ledger: null,
      taken: [{ field: "email", value: amina.email, user_id: other.session.user.id }],
    });
    expect((await env.DB.prepare("SELECT 1 FROM tenants WHERE id = ?").bind(tenantId).all()).results).toEqual([]);
    await env.DB.prepare("UPDATE users SET email = ? WHERE id = ?").bind(newEmail(), other.session.user.id).run();
    expect(await restore(operator, night, tenantId)).toMatchObject({ outcome: "restored" });
  });

  it("refuses a copy of a ledger that does not add up, and one of nobody", async () => {
    const { night, nowMs } = nextNight();
    const { tenantId } = await customer();
    await backUp(nowMs);
    await loseEverything(tenantId);
    const key = `backups/${night}/tenants/${tenantId}.json.gz`;
    const file = await env.FILES.get(key);
    const text = await new Response(file?.body.pipeThrough(new DecompressionStream("gzip"))).text();
    const forged = text.replace('"amount":50,', '"amount":51,');
    expect(forged).not.toBe(text);
    const packed = new Response(new Blob([forged]).stream().pipeThrough(new CompressionStream("gzip")));
    await env.FILES.put(key, await packed.arrayBuffer());
    const operator = await signUpOperator();
    const body = { tenant_id: tenantId };
    const problem = readProblem(await operator.post(`/api/admin/backups/${night}/restore`, body), "validation_failed");
    expect(problem.detail).toContain("is not sound");
    expect(await ledgerOf(tenantId).readBalance()).toMatchObject({ balance: 0 });
    expect((await env.DB.prepare("SELECT 1 FROM tenants WHERE id = ?").bind(tenantId).all()).results).toEqual([]);
    const nobody = { tenant_id: "ten_00000000000000000000000000" };
    readProblem(await operator.post(`/api/admin/backups/${night}/restore`, nobody), "not_found");
    readProblem(await operator.post("/api/admin/backups/tenants/restore", body), "not_found");
  });

  it("writes no table but a tenant's own, and takes no file for another than it says it is", async () => {
    const { night, nowMs } = nextNight();
    const [amina, juma] = await Promise.all([signUp(), signUp()]);
    const [tenantId, otherId] = await Promise.all([amina, juma].map(tenantIdOf));
    const keyOf = (id: string | undefined) => `backups/${night}/tenants/${id}.json.gz`;
    await backUp(nowMs);
    await loseEverything(tenantId ?? "", otherId ?? "");
    const file = await env.FILES.get(keyOf(tenantId));
    const text = await new Response(file?.body.pipeThrough(new DecompressionStream("gzip"))).text();
    const deletion = {
      id: "del_forged",
      user_id: "usr_forged",
      tenant_ids: "[]",
      email_digest: "x",
      requested_at_ms: 1,
      attempts: 0,
      lease_until_ms: 0,
    };
    const forged = text.replace(
      '{"end":true}',
      `${JSON.stringify({ table: "deletions", rows: [deletion] })},\n{"end":true}`,
    );
    const packed = new Response(new Blob([forged]).stream().pipeThrough(new CompressionStream("gzip")));
    const bytes = await packed.arrayBuffer();
    await env.FILES.put(keyOf(tenantId), bytes);
    await env.FILES.put(keyOf(otherId), bytes);
    const operator = await signUpOperator();
    const wrong = await operator.post(`/api/admin/backups/${night}/restore`, { tenant_id: otherId });
    expect(readProblem(wrong, "validation_failed").detail).toContain(tenantId);
    expect((await env.DB.prepare("SELECT 1 FROM tenants WHERE id = ?").bind(tenantId).all()).results).toEqual([]);
    const answer = await restore(operator, night, tenantId);
    expect(answer).toMatchObject({ outcome: "restored", rows: { tenants: { restored: 1 } } });
    expect((await env.DB.prepare("SELECT id FROM deletions WHERE id = 'del_forged'").all()).results).toEqual([]);
  });

  it("leaves an older log out where the service has begun another, and the one there stays proven", async () => {
    const { night, nowMs } = nextNight();
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    await writeAudit(
      { ...newContext(), actor: { kind: "system" } },
      { action: "test.old", target: "x", tenantId: null },
    );
    await sealAuditLog(cronAt(Date.now() + 5 * 60_000));
    await backUp(nowMs);
    await loseEverything(tenantId);
    const operator = await signUpOperator();
    await writeAudit(
      { ...newContext(), actor: { kind: "system" } },
      { action: "test.new", target: "x", tenantId: null },
    );
    await sealAuditLog(cronAt(Date.now() + 5 * 60_000));
    const answer = await restore(operator, night);
    expect(answer.rows.audit_log?.restored).toBe(0);
    expect(answer.rows.audit_log?.kept).toBeGreaterThan(0);
    const proof = read(await operator.get("/api/admin/audit-log/verify"), 200, auditProofAnswer);
    expect(proof).toMatchObject({ intact: true, rows: 1 });
  });

  it("finds the night as it was: an empty database does not begin it again over the old files", async () => {
    const { night, nowMs } = nextNight();
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    await backUp(nowMs);
    const etags = async () => (await env.FILES.list({ prefix: `backups/${night}/` })).objects.map(({ etag }) => etag);
    const before = await etags();
    await loseEverything(tenantId);
    await signUp();
    const cron = cronAt(nowMs + hourMs);
    await tendBackups(cron);
    await tendBackups(cron);
    expect(cron.sent).toEqual([]);
    expect(await etags()).toEqual(before);
  });
});
