import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { auditLogAnswer } from "../../src/contract/admin.ts";
import { type AuditProofAnswer, auditProofAnswer } from "../../src/contract/audit.ts";
import { auditRow } from "../../src/core/audit/audit-row.ts";
import { sealAuditLog } from "../../src/core/audit/seal-audit-log.ts";
import { verifyAuditLog } from "../../src/core/audit/verify-audit-log.ts";
import type { Context } from "../../src/core/context.ts";
import { newClient, read, readPointers, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { newContext, signUpOperator } from "../support/payment-rows.ts";
import { tenantIdOf } from "../support/videos.ts";

const minuteMs = 60_000;
const noHash = "0".repeat(64);

function contextAt(nowMs: number): Context {
  const context = newContext();
  return { ...context, deps: { ...context.deps, clock: { now: () => nowMs } } };
}

async function writeRows(tenantId: string | null, count: number, nowMs: number, from = 0): Promise<void> {
  const context = contextAt(nowMs);
  for (let row = from; row < from + count; row += 1) {
    const entry = { action: "test.row", target: `thing ${row}`, tenantId, details: { amount: row } };
    await context.deps.db.batch([auditRow(context, entry)]);
  }
}

/** A tenant with three seals over its log: of what signing up wrote and two rows, of three, and of four. */
async function sealed(): Promise<{ amina: Tenant; tenantId: string; nowMs: number }> {
  const amina = await signUp();
  const tenantId = await tenantIdOf(amina);
  const startMs = Date.now();
  for (const [turn, count] of [2, 3, 4].entries()) {
    const nowMs = startMs + turn * 5 * minuteMs;
    await writeRows(tenantId, count, nowMs);
    await sealAuditLog(contextAt(nowMs + 2 * minuteMs));
  }
  return { amina, tenantId, nowMs: startMs + 20 * minuteMs };
}

async function verify(amina: Tenant, query = ""): Promise<AuditProofAnswer> {
  return read(await amina.get(`/api/account/audit-log/verify${query}`), 200, auditProofAnswer);
}

const triggers = ["audit_log_no_update", "audit_log_no_delete", "audit_seals_no_update", "audit_seals_no_delete"];

/** Somebody who can get round the triggers, and leaves no trace of that. */
async function tamper(statement: string, ...bindings: (string | number)[]): Promise<void> {
  const kept = await env.DB.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all<{
    name: string;
    sql: string;
  }>();
  expect(kept.results.map(({ name }) => name)).toEqual(expect.arrayContaining(triggers));
  const [result] = await env.DB.batch([
    ...triggers.map((name) => env.DB.prepare(`DROP TRIGGER ${name}`)),
    env.DB.prepare(statement).bind(...bindings),
    ...kept.results.filter(({ name }) => triggers.includes(name)).map(({ sql }) => env.DB.prepare(sql)),
  ]).then((results) => results.slice(triggers.length));
  expect(result?.meta.changes).toBeGreaterThan(0);
}

const sealsOf = async (chain: string) => {
  const query = "SELECT sequence, rows, hash FROM audit_seals WHERE chain = ? ORDER BY sequence";
  return (await env.DB.prepare(query).bind(chain).all<{ sequence: number; rows: number; hash: string }>()).results;
};

describe("the audit log", () => {
  it("refuses UPDATE and DELETE, of rows and of seals", async () => {
    await sealed();
    for (const statement of [
      "UPDATE audit_log SET actor = 'nobody'",
      "DELETE FROM audit_log",
      "UPDATE audit_seals SET hash = ''",
      "DELETE FROM audit_seals",
    ]) {
      await expect(env.DB.prepare(statement).run(), statement).rejects.toThrow("only ever added to");
    }
  });

  it("shows a tenant its own rows, the newest first and by their area", async () => {
    const [amina, juma] = await Promise.all([signUp(), signUp()]);
    const tenantId = await tenantIdOf(amina);
    // Those of one moment are in the order of their ids, which is chance.
    for (const row of [0, 1]) await writeRows(tenantId, 1, Date.now() + minuteMs + row, row);
    await writeRows(await tenantIdOf(juma), 1, Date.now() + minuteMs);
    const whole = read(await amina.get("/api/account/audit-log"), 200, auditLogAnswer);
    expect(whole.data.map(({ target }) => target).slice(0, 2)).toEqual(["thing 1", "thing 0"]);
    expect(new Set(whole.data.map((row) => row.tenant_id))).toEqual(new Set([tenantId]));
    const first = read(await amina.get("/api/account/audit-log?action=test&limit=1"), 200, auditLogAnswer);
    const cursor = first.next_cursor ?? "";
    const second = read(
      await amina.get(`/api/account/audit-log?action=test&limit=1&cursor=${cursor}`),
      200,
      auditLogAnswer,
    );
    expect([...first.data, ...second.data].map(({ target }) => target)).toEqual(["thing 1", "thing 0"]);
    expect(second.next_cursor).toBeNull();
    expect(readPointers(await amina.get(`/api/account/audit-log?tenant_id=${tenantId}`))).toEqual(["/tenant_id"]);
  });

  it("names the key that acted, and the user where it was a session", async () => {
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const context = newContext();
    const actor = {
      kind: "user" as const,
      userId: amina.session.user.id,
      tenantId,
      role: "owner" as const,
      plan: "free" as const,
      isAdmin: false,
    };
    const entry = { action: "test.by_key", target: "thing", tenantId };
    const keyId = "key_00000000000000000000000000";
    await context.deps.db.batch([
      auditRow({ ...context, actor: { ...actor, via: { kind: "secret_key", keyId } } }, entry),
      auditRow(
        { ...context, actor: { ...actor, via: { kind: "session", sessionId: "ses_1", authenticatedAtMs: 0 } } },
        entry,
      ),
    ]);
    const { data } = read(await amina.get("/api/account/audit-log?action=test.by_key"), 200, auditLogAnswer);
    expect(data.map((row) => row.actor).sort()).toEqual([keyId, amina.session.user.id].sort());
  });
});

describe("the seals", () => {
  it("cover the rows in order, each beginning with the hash of the one before", async () => {
    const { amina, tenantId } = await sealed();
    const seals = await sealsOf(tenantId);
    expect(seals.map(({ sequence, rows }) => [sequence, rows])).toEqual([
      [1, expect.any(Number)],
      [2, 3],
      [3, 4],
    ]);
    const proof = await verify(amina);
    const sealedRows = seals.reduce((sum, { rows }) => sum + rows, 0);
    expect(proof).toEqual({
      intact: true,
      differences: [],
      rows: sealedRows,
      sealed_rows: sealedRows,
      head: { sequence: 3, hash: seals[2]?.hash },
      known_hash: null,
    });
  });

  it("leave out what could still get an older sibling, and count it", async () => {
    const { amina, tenantId, nowMs } = await sealed();
    const before = await verify(amina);
    await writeRows(tenantId, 2, nowMs);
    await sealAuditLog(contextAt(nowMs + minuteMs - 1));
    expect(await verify(amina)).toMatchObject({ rows: before.rows + 2, sealed_rows: before.rows, head: before.head });
    await sealAuditLog(contextAt(nowMs + minuteMs));
    expect(await verify(amina)).toMatchObject({ intact: true, sealed_rows: before.rows + 2, head: { sequence: 4 } });
  });

  it("are made once by two crons at once, and cover what has no tenant too", async () => {
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const nowMs = Date.now();
    await writeRows(tenantId, 3, nowMs);
    await writeRows(null, 3, nowMs);
    const context = contextAt(nowMs + 2 * minuteMs);
    await Promise.all([sealAuditLog(context), sealAuditLog(context), sealAuditLog(context)]);
    expect(await sealsOf(tenantId)).toHaveLength(1);
    const operator = await signUpOperator();
    const own = read(await operator.get("/api/admin/audit-log/verify"), 200, auditProofAnswer);
    expect(own).toMatchObject({ intact: true, differences: [] });
    expect(own.sealed_rows).toBeGreaterThanOrEqual(3);
    const query = `?tenant_id=${tenantId}`;
    expect(read(await operator.get(`/api/admin/audit-log/verify${query}`), 200, auditProofAnswer)).toEqual(
      await verify(amina),
    );
    readProblem(await amina.get(`/api/admin/audit-log/verify${query}`), "forbidden");
  });

  it("come to every tenant's turn, however many are busy at once", async () => {
    const startMs = Date.now() + 30 * 24 * 60 * minuteMs;
    const tenants = Array.from({ length: 70 }, (_, place) => `ten_busy_${String(place).padStart(2, "0")}`);
    for (let turn = 0; turn < 2; turn += 1) {
      const context = contextAt(startMs + turn * minuteMs);
      const rows = tenants.map((tenantId) => auditRow(context, { action: "test.row", target: "x", tenantId }));
      const [first, ...others] = rows;
      if (first !== undefined) await context.deps.db.batch([first, ...others]);
      await sealAuditLog(contextAt(startMs + (turn + 1) * minuteMs));
    }
    for (const tenantId of tenants) expect(await sealsOf(tenantId), tenantId).not.toEqual([]);
  });

  it("catch up with who writes more in a minute than one seal covers", async () => {
    const startMs = Date.now() + 60 * 24 * 60 * minuteMs;
    const context = contextAt(startMs);
    const entry = { action: "test.row", target: "x", tenantId: "ten_eager" };
    for (let batch = 0; batch < 11; batch += 1) {
      const [first, ...others] = Array.from({ length: 100 }, () => auditRow(context, entry));
      if (first !== undefined) await context.deps.db.batch([first, ...others]);
    }
    await sealAuditLog(contextAt(startMs + minuteMs));
    expect((await sealsOf("ten_eager")).map(({ rows }) => rows)).toEqual([500, 500, 100]);
    const proof = await verifyAuditLog(context.deps, "ten_eager", null);
    expect(proof).toMatchObject({ intact: true, sealed_rows: 1100 });
  });

  it("are proved anew six times a minute, since each reads a whole log of everybody's database", async () => {
    const amina = await signUp();
    const path = "/api/account/audit-log/verify";
    const replies = await Promise.all(Array.from({ length: 8 }, () => amina.get(path)));
    expect(replies.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(6);
    for (const reply of replies.filter(({ status }) => status !== 200)) readProblem(reply, "rate_limited");
  });

  it("find what a standstill of the cron left behind, once an hour", async () => {
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const hourMs = 60 * minuteMs;
    const hour = Math.ceil(Date.now() / hourMs) * hourMs;
    await writeRows(tenantId, 1, hour);
    await sealAuditLog(contextAt(hour + 5 * hourMs + 30 * minuteMs));
    expect(await sealsOf(tenantId)).toEqual([]);
    await sealAuditLog(contextAt(hour + 6 * hourMs));
    expect(await sealsOf(tenantId)).toHaveLength(1);
  });
});

describe("a log that was tampered with", () => {
  const acts: [string, string, RegExp][] = [
    [
      "a row was changed",
      "UPDATE audit_log SET actor = 'somebody else' WHERE id = (SELECT id FROM audit_log WHERE tenant_id = ?1 AND target = 'thing 2' LIMIT 1)",
      /^The hash of seal 2 is not that of its 3 rows/,
    ],
    [
      "only the spaces of a row's details were changed",
      `UPDATE audit_log SET details = '{"amount": 2}' WHERE id = (SELECT id FROM audit_log WHERE tenant_id = ?1 AND target = 'thing 2' LIMIT 1)`,
      /^The hash of seal 2/,
    ],
    [
      "a row was deleted",
      "DELETE FROM audit_log WHERE id = (SELECT id FROM audit_log WHERE tenant_id = ?1 AND target = 'thing 2' LIMIT 1)",
      /^Seal 2 covers 3 rows, and there are 2: 1 of them were deleted\.$/,
    ],
    [
      "a row was moved to another tenant",
      "UPDATE audit_log SET tenant_id = 'ten_00000000000000000000000000' WHERE id = (SELECT id FROM audit_log WHERE tenant_id = ?1 AND target = 'thing 3' LIMIT 1)",
      /^Seal 3 covers 4 rows, and there are 3/,
    ],
    [
      "a seal was deleted with its rows left",
      "DELETE FROM audit_seals WHERE chain = ?1 AND sequence = 2",
      /^Seal 2 is missing\.$/,
    ],
    [
      "a seal was written anew",
      `UPDATE audit_seals SET hash = '${"a".repeat(64)}' WHERE chain = ?1 AND sequence = 2`,
      /^The hash of seal 2/,
    ],
  ];

  it.each(acts)("says so when %s", async (_name, statement, words) => {
    const { amina, tenantId } = await sealed();
    expect(await verify(amina)).toMatchObject({ intact: true });
    await tamper(statement, tenantId);
    const proof = await verify(amina);
    expect(proof.intact).toBe(false);
    expect(proof.differences[0]).toMatch(words);
  });

  it("says so when a row was slipped in between others, without any trigger in the way", async () => {
    const { amina, tenantId } = await sealed();
    const [between] = (
      await env.DB.prepare(
        "SELECT created_at_ms AS atMs FROM audit_log WHERE tenant_id = ? AND target = 'thing 2' LIMIT 1",
      )
        .bind(tenantId)
        .all<{ atMs: number }>()
    ).results;
    await writeRows(tenantId, 1, (between?.atMs ?? 0) - 1);
    const { intact, differences } = await verify(amina);
    expect(intact).toBe(false);
    expect(differences).toEqual([
      expect.stringMatching(/^Seal 2 covers 3 rows, and there are 4: 1 were slipped in\.$/),
    ]);
  });

  it("is found by a head that was kept, when its end was cut off with the seals", async () => {
    const { amina, tenantId, nowMs } = await sealed();
    const { head } = await verify(amina);
    expect(await verify(amina, `?known_hash=${head.hash}`)).toMatchObject({ intact: true, known_hash: "found" });
    expect(await verify(amina, `?known_hash=${noHash}`)).toMatchObject({ known_hash: "found" });
    await writeRows(tenantId, 1, nowMs);
    await sealAuditLog(contextAt(nowMs + 2 * minuteMs));
    expect(await verify(amina, `?known_hash=${head.hash}`)).toMatchObject({
      head: { sequence: 4 },
      known_hash: "found",
    });

    await tamper("DELETE FROM audit_seals WHERE chain = ?1 AND sequence >= 3", tenantId);
    await tamper(
      "DELETE FROM audit_log WHERE tenant_id = ?1 AND created_at_ms > (SELECT last_row_at_ms FROM audit_seals WHERE chain = ?1 AND sequence = 2)",
      tenantId,
    );
    expect(await verify(amina, `?known_hash=${head.hash}`)).toMatchObject({ intact: true, known_hash: "missing" });
    expect(readPointers(await amina.get("/api/account/audit-log/verify?known_hash=abc"))).toEqual(["/known_hash"]);
  });

  it("does not find a head by believing a seal: its rows have to make it", async () => {
    const { amina, tenantId } = await sealed();
    const { head } = await verify(amina);
    await tamper(
      "UPDATE audit_log SET actor = 'somebody else' WHERE id = (SELECT id FROM audit_log WHERE tenant_id = ?1 AND target = 'thing 2' LIMIT 1)",
      tenantId,
    );
    expect(await verify(amina, `?known_hash=${head.hash}`)).toMatchObject({ intact: false, known_hash: "missing" });
  });
});

describe("what is refused", () => {
  const linesOf = async (run: () => Promise<unknown>) => {
    const written = vi.spyOn(console, "info").mockImplementation(() => undefined);
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await run();
    const calls = [...written.mock.calls, ...warned.mock.calls];
    vi.restoreAllMocks();
    return calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
  };
  const { send } = holdQueue();

  it("is a line of the log with who tried what, and no row", async () => {
    const amina = await signUp({ send });
    const rows = async () => read(await amina.get("/api/account/audit-log?limit=100"), 200, auditLogAnswer).data.length;
    const before = await rows();
    const lines = await linesOf(async () => readProblem(await amina.get("/api/admin/stats"), "forbidden"));
    expect(lines.find(({ event }) => event === "permission_refused")).toMatchObject({
      level: "warn",
      operation: "adminGetStats",
      permission: "service.operate",
      user_id: amina.session.user.id,
      tenant_id: await tenantIdOf(amina),
      code: "forbidden",
    });
    expect(await rows()).toBe(before);
  });

  it("says of a sign-in that failed whose it was, and never with which address or password", async () => {
    const amina = await signUp({ send });
    const visitor = newClient({ send });
    const known = await linesOf(() =>
      visitor.post("/api/auth/login", { email: amina.email, password: "a wrong password" }),
    );
    const failed = known.filter(({ event }) => event === "sign_in_failed");
    expect(failed).toEqual([expect.objectContaining({ user_id: amina.session.user.id })]);
    const unknown = await linesOf(() =>
      visitor.post("/api/auth/login", { email: "nobody@example.com", password: "a wrong password" }),
    );
    expect(unknown.filter(({ event }) => event === "sign_in_failed")).toEqual([
      expect.objectContaining({ user_id: null }),
    ]);
    expect(JSON.stringify([known, unknown])).not.toMatch(/@example\.com|a wrong password/);
  });

  it("is a line for a credential that is not good, and none for having none", async () => {
    const bad = await linesOf(() => newClient({ token: "nonsense", send }).get("/api/auth/me"));
    expect(bad.map(({ event }) => event)).toContain("credential_refused");
    const none = await linesOf(() => newClient({ send }).get("/api/auth/me"));
    expect(none.map(({ event }) => event)).not.toContain("credential_refused");
  });
});
