import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { hashedFields, type StatementAnswer, statementAnswer } from "../../src/contract/credits.ts";
import { ledgerMigrations } from "../../src/core/credits/ledger-schema.ts";
import type { CreditLedger } from "../../src/objects/credit-ledger.ts";
import { ledgerOf, readBooks, readHistory, setClock, statementOf } from "../simulation/ledger-world.ts";
import { read, readPointers, signUp, type Tenant } from "../support/api-client.ts";
import { tenantIdOf } from "../support/videos.ts";

const noon = Date.UTC(2031, 4, 10, 12);
const usage = { images: 1, speech_seconds: 10, render_seconds: 10 };
const noHash = "0".repeat(64);

beforeEach(() => setClock(noon));

/** Somebody whose ledger has every kind of entry. */
async function customer(): Promise<{ amina: Tenant; tenantId: string }> {
  const amina = await signUp();
  const tenantId = await tenantIdOf(amina);
  const ledger = ledgerOf(tenantId);
  const payment = {
    id: "pay_1",
    type: "purchase",
    credits: 20,
    bonus: 3,
    description: "Pro",
    paymentId: "pay_1",
  } as const;
  await ledger.grant(payment);
  await ledger.hold({
    id: "vid_1",
    credits: 25,
    plan: "pro",
    description: 'Simba – "1/2" \\ 🦁\n\u0007 \ud83d',
    usage,
  });
  await ledger.capture({ holdId: "vid_1", credits: 20, usage });
  await ledger.reclaim({ id: "re_1", paymentId: "pay_1", amount: 999, paid: 999, description: "Refund" });
  await ledger.adjust({ id: "adj_1", credits: 4, description: "For the trouble" });
  await ledger.waive({ id: "wvr_1", description: "Waived" });
  await ledger.grant({ id: "gift", type: "bonus", credits: 9, description: "Gift" });
  return { amina, tenantId };
}

async function statementFor(amina: Tenant, query = ""): Promise<StatementAnswer> {
  return read(await amina.get(`/api/credits/statement?limit=100${query}`), 200, statementAnswer);
}

describe("the statement", () => {
  it("proves itself: from the answer alone every hash and every balance comes out again", async () => {
    const { amina } = await customer();
    const answer = await statementFor(amina);
    expect(answer).toMatchObject({ proven: true, differences: [], known_hash: null, next_cursor: null, owed: 0 });
    expect(new Set(answer.data.map(({ type }) => type))).toEqual(
      new Set(["bonus", "purchase", "usage", "capture", "refund", "adjustment", "shortfall", "waiver"]),
    );
    expect(answer.entries_checked).toBe(answer.data.length);

    let previous = noHash;
    const accounts: Record<string, number> = {};
    for (const [index, entry] of answer.data.entries()) {
      expect(entry.sequence).toBe(index + 1);
      expect(entry.previous_hash).toBe(previous);
      const text = JSON.stringify(hashedFields.map((field) => entry[field]));
      expect(createHash("sha256").update(text, "utf8").digest("hex")).toBe(entry.hash);
      previous = entry.hash;
      accounts[entry.debit] = (accounts[entry.debit] ?? 0) - entry.amount;
      accounts[entry.credit] = (accounts[entry.credit] ?? 0) + entry.amount;
      expect(entry.balance_after).toBe(accounts.available ?? 0);
    }
    expect(answer.head).toEqual({ sequence: answer.data.length, hash: previous });
    expect(answer.balance).toBe(accounts.available);
    expect(answer.held).toBe(accounts.held);
  });

  it("is told in words how: OpenAPI names the fields in the order in which they are hashed", async () => {
    const reply = await (await signUp()).get("/openapi.json");
    const { description } = JSON.parse(reply.text).paths["/api/credits/statement"].get;
    expect(description).toContain(hashedFields.map((field) => `\`${field}\``).join(", "));
    expect(description).toContain("RFC 8785");
  });

  it("has nothing but the free credits of somebody new, and pages in order", async () => {
    const amina = await signUp();
    const first = await statementFor(amina);
    expect(first).toMatchObject({ proven: true, entries_checked: 1, balance: 10 });
    const { amina: other } = await customer();
    const whole = await statementFor(other);
    const seen: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page: StatementAnswer = read(
        await other.get(`/api/credits/statement?limit=4${query}`),
        200,
        statementAnswer,
      );
      expect(page.data.length).toBeLessThanOrEqual(4);
      expect(page.data[0]).toEqual(whole.data[seen.length]);
      seen.push(...page.data.map(({ sequence }) => sequence));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(whole.data.map(({ sequence }) => sequence));
  });

  it("finds a hash that was kept, and says when the history does not have it", async () => {
    const { amina, tenantId } = await customer();
    const { head } = await statementFor(amina);
    await ledgerOf(tenantId).grant({ id: "later", type: "bonus", credits: 1, description: "Later" });
    expect(await statementFor(amina, `&known_hash=${head.hash}`)).toMatchObject({ known_hash: "found" });
    expect(await statementFor(amina, `&known_hash=${noHash}`)).toMatchObject({ known_hash: "found" });
    expect(await statementFor(amina, `&known_hash=${"a".repeat(64)}`)).toMatchObject({ known_hash: "missing" });
  });

  it("refuses a hash that is none, and a cursor of another list", async () => {
    const amina = await signUp();
    expect(readPointers(await amina.get("/api/credits/statement?known_hash=abc"))).toEqual(["/known_hash"]);
    expect(readPointers(await amina.get(`/api/credits/statement?known_hash=${"A".repeat(64)}`))).toEqual([
      "/known_hash",
    ]);
    expect(readPointers(await amina.get("/api/credits/statement?cursor=x"))).toEqual(["/cursor"]);
  });
});

describe("a ledger that was tampered with", () => {
  const triggers = [
    "entries_refuse_update",
    "entries_refuse_delete",
    "holds_settle_once",
    "holds_refuse_delete",
    "payments_keep_their_grant",
    "payments_refuse_delete",
    "claims_keep_what_they_have",
    "claims_refuse_delete",
  ];

  async function tamper(tenantId: string, ...statements: string[]): Promise<void> {
    await runInDurableObject(ledgerOf(tenantId), (_ledger: CreditLedger, { storage }) => {
      for (const trigger of triggers) storage.sql.exec(`DROP TRIGGER ${trigger}`);
      for (const statement of statements) storage.sql.exec(statement);
    });
  }

  const changed = (sequence: number) =>
    `The hash of entry ${sequence} is not that of what it says and of the entry before it: one of them was changed.`;

  it.each([
    ["an amount", ["UPDATE entries SET amount = 21 WHERE sequence = 2"], [changed(2), "Entry 2 says a balance of 30"]],
    ["a description", ["UPDATE entries SET description = 'Tembo' WHERE sequence = 4"], [changed(4)]],
    ["a time", ["UPDATE entries SET created_at_ms = created_at_ms + 1 WHERE sequence = 1"], [changed(1)]],
    ["a video's id", ["UPDATE entries SET video_id = 'vid_2' WHERE sequence = 4"], [changed(4)]],
    ["a hash", [`UPDATE entries SET hash = '${"a".repeat(64)}' WHERE sequence = 4`], [changed(4), changed(5)]],
    ["an entry in the middle", ["DELETE FROM entries WHERE sequence = 4"], ["Entry 4 is missing.", changed(5)]],
    ["two entries", ["DELETE FROM entries WHERE sequence IN (3, 4)"], ["Entries 3 to 4 are missing."]],
    [
      "the last entry",
      ["DELETE FROM entries WHERE sequence = (SELECT max(sequence) FROM entries)"],
      ["The account available says"],
    ],
    [
      "a balance",
      ["UPDATE accounts SET credits = credits + 5 WHERE name = 'available'"],
      ["The account available says"],
    ],
    [
      "what a video was charged",
      ["UPDATE holds SET credits_charged = 19"],
      ["The charge vid_1 says 25 credits, 19 of them kept and 6 given back; its entries say 25, 20 and 5."],
    ],
    ["a hold that is gone", ["DELETE FROM holds"], ["Nothing is known of the charge vid_1."]],
    [
      "a claim that is gone",
      ["DELETE FROM claims"],
      ["Of the payment pay_1, 0 credits are claimed back; it says 23, and its entries took 23."],
    ],
    [
      "what was taken",
      ["UPDATE payments SET taken = 22"],
      ["Of the payment pay_1, 23 credits are claimed back; it says 22, and its entries took 23."],
    ],
    [
      "what a payment granted",
      ["UPDATE payments SET credits = 19, taken = 22"],
      ["The payment pay_1 says 22 credits; its entries granted 23."],
    ],
  ])("says so: %s", async (_name, statements, words) => {
    const { amina, tenantId } = await customer();
    const { head, proven: wasProven } = await statementFor(amina);
    expect(wasProven).toBe(true);
    await tamper(tenantId, ...statements);
    const { proven, differences, known_hash } = await statementFor(amina, `&known_hash=${head.hash}`);
    expect(proven).toBe(false);
    // What the entries say is recomputed, whatever hashes they carry.
    const isRewritten = statements.some((one) => /entries/.test(one) && !/SET hash/.test(one));
    expect(known_hash).toBe(isRewritten ? "missing" : "found");
    for (const part of words) expect(differences).toContainEqual(expect.stringContaining(part));
  });

  it("by somebody who makes all hashes and sums anew does not have the hash that was kept", async () => {
    const { amina, tenantId } = await customer();
    const { head } = await statementFor(amina);
    const forged = { description: "Tembo" };
    const books = await readBooks(tenantId);
    let previous = noHash;
    const statements = books.entries.map((entry) => {
      const row = entry.sequence === 4 ? { ...entry, ...forged } : entry;
      const fields = [
        ...[previous, row.sequence, row.id, row.transaction_number, row.operation_id, row.type, row.debit, row.credit],
        ...[row.amount, row.balance_after, row.description, row.video_id, row.payment_id],
        new Date(row.created_at_ms).toISOString(),
      ];
      previous = createHash("sha256").update(JSON.stringify(fields), "utf8").digest("hex");
      const change = entry.sequence === 4 ? ", description = 'Tembo'" : "";
      return `UPDATE entries SET hash = '${previous}'${change} WHERE sequence = ${row.sequence}`;
    });
    await env.DB.prepare("UPDATE credit_transactions SET description = 'Tembo' WHERE tenant_id = ? AND sequence = 4")
      .bind(tenantId)
      .run();
    await tamper(tenantId, ...statements);
    const rewritten = await statementFor(amina, `&known_hash=${head.hash}`);
    expect(rewritten).toMatchObject({ proven: true, differences: [] });
    expect(rewritten.known_hash).toBe("missing");
  });
});

describe("the list of transactions", () => {
  it.each([
    [
      "UPDATE credit_transactions SET amount = amount + 1, description = 'x'",
      "amount, description not as in the ledger.",
    ],
    ["UPDATE credit_transactions SET payment_id = 'pay_2'", "paymentId not as in the ledger."],
    ["DELETE FROM credit_transactions", "Transaction 2 is missing in the list."],
    ["UPDATE credit_transactions SET sequence = 99", "Transaction 99 of the list is none of the ledger's."],
  ])("is compared, whole: %s", async (statement, words) => {
    const { amina, tenantId } = await customer();
    await statementFor(amina);
    await env.DB.prepare(`${statement} WHERE tenant_id = ? AND sequence = 2`).bind(tenantId).run();
    const { proven, differences } = await statementFor(amina);
    expect(proven).toBe(false);
    expect(differences.join()).toContain(words);
  });

  it("of many pages is compared to its end", async () => {
    const { amina, tenantId } = await customer();
    const ids = Array.from({ length: 1_100 }, (_, i) => `gift_${i}`);
    await Promise.all(ids.map((id) => ledgerOf(tenantId).grant({ id, type: "bonus", credits: 1, description: id })));
    const { proven, entries_checked } = await statementFor(amina);
    expect([proven, entries_checked > 1_100]).toEqual([true, true]);
    const change = (sequence: number) =>
      env.DB.prepare("UPDATE credit_transactions SET amount = 2 WHERE tenant_id = ? AND sequence = ?")
        .bind(tenantId, sequence)
        .run();
    for (const sequence of [500, 501, 1_000, 1_105]) await change(sequence);
    expect((await statementFor(amina)).differences).toEqual(
      [500, 501, 1_000, 1_105].map(
        (sequence) => `Transaction ${sequence} is another in the list: amount not as in the ledger.`,
      ),
    );
  });
});

describe("a ledger of before there were hashes and claims", () => {
  /** As the first two steps of its tables left it, with a purchase, a gift, and one video of each fate. */
  async function oldLedger(tenantId: string): Promise<void> {
    await ledgerOf(tenantId).readBalance();
    await runInDurableObject(ledgerOf(tenantId), (_ledger: CreditLedger, { storage }) => {
      const { sql } = storage;
      const names = [
        "claims",
        "payments",
        "freezes",
        "entries",
        "holds",
        "operations",
        "accounts",
        "counters",
        "uploads",
      ];
      for (const name of [...names, "outbox", "migrations"]) sql.exec(`DROP TABLE ${name}`);
      for (const step of ledgerMigrations.slice(0, 2)) {
        if (typeof step === "string") sql.exec(step);
      }
      sql.exec(`
        CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at_ms INTEGER NOT NULL) STRICT;
        INSERT INTO migrations VALUES (1, 0), (2, 0);
        INSERT INTO outbox (tenant_id, copied_through) VALUES ('${tenantId}', 0);
        INSERT INTO operations VALUES
          ('pay_1', 'grant', '{"credits":50,"description":"Starter","id":"pay_1","paymentId":"pay_1","type":"purchase"}',
           '{"ok":true,"balance":50,"isRepeat":false}', ${noon}),
          ('gift', 'grant', '{"credits":5,"description":"Gift","id":"gift","type":"bonus"}',
           '{"ok":true,"balance":55,"isRepeat":false}', ${noon}),
          ('vid_1', 'hold', '{"credits":8,"description":"Video","id":"vid_1","plan":"pro","usage":{"images":1,"render_seconds":10,"speech_seconds":10}}',
           '{"ok":true,"balance":47,"daily":{"used":1,"limit":20,"resetsAtMs":1},"isRepeat":false}', ${noon}),
          ('vid_2', 'hold', '{}', '{"ok":true}', ${noon}),
          ('img_3', 'hold', '{}', '{"ok":true}', ${noon});
        INSERT INTO holds (id, credits, usage, day, month, videos) VALUES
          ('vid_1', 8, '${JSON.stringify(usage)}', '2031-05-10', '2031-05', 1),
          ('vid_2', 4, '${JSON.stringify(usage)}', '2031-05-10', '2031-05', 1),
          ('img_3', 5, '${JSON.stringify(usage)}', '2031-05-10', '2031-05', 0);`);
      const lines = [
        ["1", "pay_1", "purchase", "issued", "available", 50, 50, "NULL", "'pay_1'"],
        ["2", "gift", "bonus", "issued", "available", 5, 55, "NULL", "NULL"],
        ["3", "vid_1", "usage", "available", "held", 8, 47, "'vid_1'", "NULL"],
        ["4", "vid_2", "usage", "available", "held", 4, 43, "'vid_2'", "NULL"],
        ["5", "img_3", "usage", "available", "held", 5, 38, "'img_3'", "NULL"],
        ["NULL", "vid_2", "capture", "held", "spent", 3, 38, "'vid_2'", "NULL"],
        ["6", "vid_2", "refund", "held", "available", 1, 39, "'vid_2'", "NULL"],
        ["7", "img_3", "refund", "held", "available", 5, 44, "'img_3'", "NULL"],
      ];
      for (const [index, line] of lines.entries()) {
        const [number, operation, type, debit, credit, amount, balance, video, payment] = line;
        sql.exec(`INSERT INTO entries (id, transaction_number, operation_id, type, debit, credit, amount, balance_after,
            description, video_id, payment_id, created_at_ms)
          VALUES ('trx_${String(index).padStart(26, "0")}', ${number}, '${operation}', '${type}', '${debit}', '${credit}',
            ${amount}, ${balance}, 'Line ${index}', ${video}, ${payment}, ${noon + index})`);
      }
      sql.exec(`UPDATE holds SET status = 'captured', credits_charged = 3, usage_charged = '{}', balance_after = 39,
          settled_at_ms = ${noon} WHERE id = 'vid_2';
        UPDATE holds SET status = 'released', usage_charged = '{}', balance_after = 44, settled_at_ms = ${noon} WHERE id = 'img_3';`);
    });
    await evictDurableObject(ledgerOf(tenantId));
  }

  it("keeps its balances and its history, is proven from its first entry, and goes on", async () => {
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    await oldLedger(tenantId);
    await env.DB.prepare("DELETE FROM credit_transactions WHERE tenant_id = ?").bind(tenantId).run();
    const ledger = ledgerOf(tenantId);
    expect(await ledger.readBalance()).toEqual({ balance: 44, held: 8, totalPurchased: 50, owed: 0, isFrozen: false });
    const answer = await statementFor(amina);
    expect(answer).toMatchObject({ proven: true, differences: [], entries_checked: 8, balance: 44, held: 8 });
    expect(answer.data[0]).toMatchObject({ previous_hash: noHash, description: "Line 0", amount: 50 });
    expect(await readHistory(tenantId)).toEqual(statementOf(tenantId, await readBooks(tenantId)));

    const hold = { id: "vid_1", credits: 8, plan: "free", description: "Video", usage } as const;
    expect(await ledger.hold(hold)).toMatchObject({ ok: true, balance: 47, isRepeat: true });
    expect(await ledger.capture({ holdId: "vid_1", credits: 8, usage })).toMatchObject({ ok: true, balance: 44 });
    const refund = { id: "re_1", paymentId: "pay_1", amount: 999, paid: 999, description: "Refund" };
    expect(await ledger.reclaim(refund)).toMatchObject({ taken: 50, owed: 6, balance: 0 });
    expect(await ledger.hold({ ...hold, id: "vid_9", credits: 0 })).toMatchObject({ code: "account_on_hold" });
    expect(await statementFor(amina)).toMatchObject({ proven: true, owed: 6 });
    await runInDurableObject(ledger, (_ledger: CreditLedger, { storage }) => {
      expect(() => storage.sql.exec("DELETE FROM entries")).toThrow("append-only");
      const tables = storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name LIKE 'kept%'");
      expect(tables.toArray()).toEqual([]);
    });
  });
});
