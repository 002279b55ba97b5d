/// <reference types="vite/client" />
/** GET /api/admin/metrics: numbers that an alert can be set on, for a monitor with an operator's key. */
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { beforeAll, describe, expect, it, vi } from "vitest";
import rules from "../../docs/operations/alerts.yml?raw";
import { readGauges } from "../../src/core/admin/read-gauges.ts";
import { readEnv } from "../../src/env.ts";
import { wire } from "../../src/wiring.ts";
import { bearer, livingCredentials, newOwner } from "../support/actors.ts";
import { newClient, readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { starterByPhone, writePayment } from "../support/payment-rows.ts";
import { submit } from "../support/videos.ts";

type Sample = { name: string; labels: string; value: number };

let headers: Record<string, string>;

async function readMetrics(): Promise<Sample[]> {
  const reply = await newClient().get("/api/admin/metrics", headers);
  expect(reply.status).toBe(200);
  expect(reply.headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(reply.text.endsWith("\n")).toBe(true);
  return reply.text
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .map((line) => {
      const [, name = "", labels = "", value = ""] =
        /^([a-z_]+)(\{[^}]*\})? (-?\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(line) ?? [];
      expect(name, line).not.toBe("");
      return { name, labels, value: Number(value) };
    });
}

const numberOf = (samples: Sample[], name: string, labels = "") =>
  samples.find((one) => one.name === name && one.labels === labels)?.value;

/** Values too: whether a partial index fits is decided by what is bound. */
function watched(database: D1Database, tell: (text: string, values: unknown[]) => void): D1Database {
  return new Proxy(database, {
    get(target, name) {
      if (name !== "prepare") return (...given: unknown[]) => Reflect.get(target, name).apply(target, given);
      return (text: string) => {
        const statement = target.prepare(text);
        const bind = statement.bind.bind(statement);
        statement.bind = (...values) => {
          tell(text, values);
          return bind(...values);
        };
        return statement;
      };
    },
  });
}

/** Tenants and videos of other tests whose entries their ledgers have not copied yet. */
async function countUncopied(): Promise<number | null> {
  return await env.DB.prepare(`SELECT
    (SELECT count(*) FROM tenants WHERE id NOT IN (SELECT tenant_id FROM credit_transactions)) +
    (SELECT count(*) FROM videos WHERE NOT EXISTS (SELECT 1 FROM credit_transactions WHERE video_id = videos.id)) AS n`).first(
    "n",
  );
}

beforeAll(async () => {
  const living = await livingCredentials(await newOwner());
  const operator = living.find(({ name }) => name === "an operator's key");
  headers = (await operator?.issue())?.headers ?? {};
});

describe("the monitor's numbers", () => {
  it("are an operator's alone", async () => {
    const { token } = await signUp();
    readProblem(await newClient().get("/api/admin/metrics", bearer(token)), "forbidden");
    readProblem(await newClient().get("/api/admin/metrics"), "unauthenticated");
  });

  it("tell what waits, and for how long", async () => {
    const before = await readMetrics();
    const held = holdQueue();
    const tenant = await signUp({ send: held.send });
    await submit(tenant, "plain one that waits");
    await env.DB.prepare("UPDATE videos SET created_at_ms = created_at_ms - 90000 WHERE status = 'queued'").run();
    const after = await readMetrics();
    expect(numberOf(after, "shujaa_videos_waiting_standard")).toBe(
      (numberOf(before, "shujaa_videos_waiting_standard") ?? 0) + 1,
    );
    expect(numberOf(after, "shujaa_videos_waiting_standard_oldest_seconds")).toBeGreaterThanOrEqual(90);
    expect(numberOf(after, "shujaa_videos_day", '{status="queued"}')).toBeGreaterThanOrEqual(1);
  });

  it("tell of charges that no list shows yet, and what all can spend", async () => {
    await vi.waitFor(async () => expect(await countUncopied()).toBe(0), 10_000);
    const before = await readMetrics();
    const outstanding = (samples: Sample[]) => numberOf(samples, "shujaa_credits_outstanding") ?? Number.NaN;
    const uncopied = (samples: Sample[]) => numberOf(samples, "shujaa_charges_uncopied");
    const tenant = await signUp({ send: holdQueue().send });
    const { id } = await submit(tenant, "plain one that is charged");
    await tenant.get("/api/credits/transactions");
    const after = await readMetrics();
    expect(outstanding(after) - outstanding(before)).toBe(7);
    expect(uncopied(after)).toBe(uncopied(before));

    // As it is while the ledger cannot copy: the order is two minutes old, and its charge in no list.
    await env.DB.prepare("UPDATE videos SET created_at_ms = created_at_ms - 120000 WHERE id = ?").bind(id).run();
    expect(uncopied(await readMetrics())).toBe(uncopied(before));
    await env.DB.prepare("DELETE FROM credit_transactions WHERE video_id = ?").bind(id).run();
    const behind = await readMetrics();
    expect(uncopied(behind)).toBe((uncopied(before) ?? 0) + 1);
    expect(numberOf(behind, "shujaa_charges_uncopied_oldest_seconds")).toBeGreaterThanOrEqual(120);
    expect(outstanding(behind) - outstanding(before)).toBe(10);
  });

  it("tell of money that has been paid and has given nothing", async () => {
    const tenant = await signUp();
    const payment = await writePayment(tenant, { ...starterByPhone, phone: "254711222333" });
    await env.DB.prepare("UPDATE payments SET state = 'paid', paid_at_ms = ? WHERE id = ?")
      .bind(Date.now() - 400_000, payment.id)
      .run();
    const samples = await readMetrics();
    expect(numberOf(samples, "shujaa_payments_unfulfilled")).toBe(1);
    expect(numberOf(samples, "shujaa_payments_hour", '{provider="mpesa",state="paid"}')).toBe(1);
    expect(numberOf(samples, "shujaa_payments_hour", '{provider="stripe",state="paid"}')).toBe(0);
    expect(numberOf(samples, "shujaa_payments_unfulfilled_oldest_seconds")).toBeGreaterThanOrEqual(400);
    await env.DB.prepare("DELETE FROM payments WHERE id = ?").bind(payment.id).run();
  });

  it("tell of each thing that is held up, how long it has been", async () => {
    const tenant = await signUp({ send: holdQueue().send });
    const { id } = await submit(tenant, "plain one that is held up");
    const payment = await writePayment(tenant);
    const before = await readMetrics();
    const at = (seconds: number) => Date.now() - seconds * 1_000;
    const rows: [string, ...(string | number)[]][] = [
      ["UPDATE videos SET status = 'rendering', lease_until_ms = ? WHERE id = ?", at(400), id],
      [
        "INSERT INTO payment_claims (id, payment_id, tenant_id, kind, amount, state, settled_state, provider_status, created_at_ms, updated_at_ms) VALUES ('held-1', ?, 'ten', 'refund', 1, 'taken', 'noted', 'x', ?, ?)",
        payment.id,
        at(900),
        at(800),
      ],
      [
        "INSERT INTO provider_events (id, provider, type, body, received_at_ms, next_try_at_ms) VALUES ('held-1', 'stripe', 'x', '', ?, 0)",
        at(700),
      ],
      ["INSERT INTO stray_receipts (receipt, amount, paid_at_ms, found_at_ms) VALUES ('HELD1', 1, 1, ?)", at(600)],
      [
        "INSERT INTO mails (id, template, language, created_at_ms, expires_at_ms, next_try_at_ms) VALUES ('held-1', 'x', 'en', ?, ?, 0)",
        at(3_500),
        Date.now(),
      ],
      [
        "INSERT INTO mails (id, template, language, created_at_ms, expires_at_ms) VALUES ('held-2', 'x', 'en', ?, 0)",
        at(60),
      ],
      [
        "INSERT INTO data_exports (id, tenant_id, user_id, status, created_at_ms) VALUES ('held-1', 'held', 'x', 'running', ?)",
        at(4_500),
      ],
      [
        "INSERT INTO deletions (id, user_id, tenant_ids, email_digest, requested_at_ms) VALUES ('held-1', 'x', '[]', 'x', ?)",
        at(5_500),
      ],
      ["INSERT INTO backups (night, started_at_ms, completed_at_ms) VALUES ('2001-01-01', ?, 1)", at(90_000)],
      ["INSERT INTO backups (night, started_at_ms) VALUES ('2001-01-02', ?)", at(100)],
      ["UPDATE payments SET attention = 'held' WHERE id = ?", payment.id],
    ];
    await env.DB.batch(rows.map(([text, ...values]) => env.DB.prepare(text).bind(...values)));
    const samples = await readMetrics();
    const more = (name: string) => (numberOf(samples, name) ?? 0) - (numberOf(before, name) ?? 0);
    for (const name of [
      "videos_abandoned",
      "claims_unsettled",
      "events_unhandled_stripe",
      "stray_receipts",
      "mails_unsent",
      "mails_given_up_day",
      "exports_running",
      "deletions_running",
      "payments_for_a_person",
    ])
      expect(more(`shujaa_${name}`), name).toBe(1);
    for (const [name, seconds] of [
      ["videos_abandoned_oldest_seconds", 400],
      ["claims_unsettled_oldest_seconds", 800],
      ["events_unhandled_stripe_oldest_seconds", 700],
      ["mails_unsent_oldest_seconds", 3_500],
      ["exports_running_oldest_seconds", 4_500],
      ["deletions_running_oldest_seconds", 5_500],
      ["backup_age_seconds", 90_000],
    ] as const) {
      const value = numberOf(samples, `shujaa_${name}`) ?? 0;
      expect(value, name).toBeGreaterThanOrEqual(seconds);
      expect(value, name).toBeLessThan(seconds + 50);
    }
    await env.DB.prepare(
      "UPDATE videos SET status = 'failed', finished_at_ms = ?, settled_at_ms = NULL, lease_until_ms = NULL WHERE id = ?",
    )
      .bind(at(333), id)
      .run();
    const ended = await readMetrics();
    expect(numberOf(ended, "shujaa_videos_unsettled")).toBe((numberOf(before, "shujaa_videos_unsettled") ?? 0) + 1);
    expect(numberOf(ended, "shujaa_videos_unsettled_oldest_seconds")).toBeGreaterThanOrEqual(333);
    expect(numberOf(ended, "shujaa_videos_abandoned")).toBe(numberOf(before, "shujaa_videos_abandoned"));
    const tables = ["payment_claims", "provider_events", "mails", "data_exports", "deletions"];
    await env.DB.batch([
      ...tables.map((table) => env.DB.prepare(`DELETE FROM ${table} WHERE id LIKE 'held-%'`)),
      env.DB.prepare("DELETE FROM stray_receipts WHERE receipt = 'HELD1'"),
      env.DB.prepare("DELETE FROM backups WHERE night LIKE '2001-%'"),
    ]);
  });

  it("are all that the rules ask for", async () => {
    const reply = await newClient().get("/api/admin/metrics", headers);
    const told = new Set(Array.from(reply.text.matchAll(/^# TYPE (\w+) gauge$/gm), ([, name]) => name));
    const asked = new Set(Array.from(rules.matchAll(/\bshujaa_\w+/g), ([name]) => name));
    expect(asked.size).toBeGreaterThan(12);
    expect([...asked].filter((name) => !told.has(name))).toEqual([]);
  });

  it("are all there from the first day, so that no rule waits for a sample that never comes", async () => {
    const { deps } = wire(readEnv({ ...env }));
    const later = { ...deps, clock: { now: () => Date.now() + 400 * 86_400_000 } };
    const samples = (await readGauges(later)).flatMap(({ name, samples: of }) =>
      of.map(({ labels }) => ({ name, labels: Object.entries(labels ?? {}).map(String) })),
    );
    const asked = Array.from(rules.matchAll(/\b(shujaa_\w+)(?:\{([^}]*)\})?/g), ([, name = "", labels = ""]) => ({
      name,
      labels: Array.from(labels.matchAll(/(\w+)="([^"]*)"/g), ([, label, value]) => `${label},${value}`),
    }));
    const missing = asked.filter(
      (one) =>
        !samples.some(({ name, labels }) => name === one.name && one.labels.every((label) => labels.includes(label))),
    );
    // These have rules of their own for it: nothing rendered is no pace, and a backup that never was is NoBackup's.
    expect(new Set(missing.map(({ name }) => name))).toEqual(
      new Set(["shujaa_render_pace_seconds", "shujaa_backup_age_seconds"]),
    );
  });

  it("are read by way of indexes, however many videos, payments and events there are", async () => {
    const asked: { text: string; values: unknown[] }[] = [];
    const db = drizzle(watched(env.DB, (text, values) => void asked.push({ text, values })));
    await readGauges({ ...wire(readEnv({ ...env })).deps, db });
    expect(asked.length).toBeGreaterThan(15);
    const { results: indexes } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE sql LIKE '% WHERE %'",
    ).all();
    const partial = new Set(indexes.map(({ name }) => name));
    /** One row a deleted account and a receipt nobody explains; letters of a week; and no table, but steps in an index. */
    const small = ["deletions", "stray_receipts", "mails", "step"];
    const read: string[] = [];
    for (const { text, values } of asked) {
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
        .bind(...values)
        .all<{ detail: string }>();
      for (const { detail } of results) {
        const [, table = "", index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? [];
        if (table !== "" && !small.includes(table) && !(index !== undefined && partial.has(index))) read.push(detail);
        if (detail.includes("provider_events_by_age (received_at_ms<?)")) read.push(detail);
      }
    }
    expect(read).toEqual([]);
  });
});
