/// <reference types="@cloudflare/vitest-plugin/types" />
/** The world around a real ledger in workerd: its clock, a D1 that can fail, crashes at the worst moment, and its raw rows. */

import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { CreditLedger } from "../../src/objects/credit-ledger.ts";

export function ledgerOf(tenantId: string): DurableObjectStub<CreditLedger> {
  return env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId));
}

/** Sets the one clock that the tests and the objects share. In years to come, so that no alarm goes off by itself. */
export function setClock(nowMs: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
}

/** `answer_lost`: the batch is committed, and the connection breaks before the answer. */
export type HistoryWeather = "up" | "down" | "answer_lost";

let weather: HistoryWeather = "up";
const realBatch = env.DB.batch;

/** What becomes of batches sent to D1 from now on, by anyone. */
export function setHistoryWeather(next: HistoryWeather): void {
  weather = next;
  vi.spyOn(Object.getPrototypeOf(env.DB) as D1Database, "batch").mockImplementation(async function batch<Row>(
    this: D1Database,
    statements: D1PreparedStatement[],
  ) {
    if (weather === "down") throw new Error("D1_ERROR: the database is down");
    const results = await realBatch.call(this, statements);
    if (weather === "answer_lost") throw new Error("D1_ERROR: the connection was lost");
    return results as D1Result<Row>[];
  });
}

/**
 * What a call threw, or null. From inside the object, since an error that crosses its border is written to the test's
 * output though it was caught.
 */
export async function failureInside(
  tenantId: string,
  call: (ledger: CreditLedger) => Promise<unknown>,
): Promise<string | null> {
  return await runInDurableObject(ledgerOf(tenantId), (ledger: CreditLedger) => call(ledger).then(() => null, String));
}

type ChangingVerb =
  | "grant"
  | "adjust"
  | "hold"
  | "capture"
  | "release"
  | "reclaim"
  | "restore"
  | "freeze"
  | "unfreeze"
  | "waive";

export type CrashMoment = "before_commit" | "after_commit" | "killed";

/**
 * Calls the ledger once and lets it die on the way; the caller learns nothing. `killed` dies at any moment: it may have
 * committed, or not have heard the call at all.
 */
export async function crashDuring(
  tenantId: string,
  moment: CrashMoment,
  call: (ledger: Pick<CreditLedger, ChangingVerb>) => Promise<unknown>,
): Promise<void> {
  const lost = moment === "killed" ? call(ledgerOf(tenantId)) : callWithBrokenCommit(tenantId, moment, call);
  await Promise.all([lost.catch(() => undefined), moment === "killed" ? abortAllDurableObjects() : undefined]);
  await abortAllDurableObjects();
}

async function callWithBrokenCommit(
  tenantId: string,
  moment: Exclude<CrashMoment, "killed">,
  call: (ledger: CreditLedger) => Promise<unknown>,
): Promise<void> {
  await runInDurableObject(ledgerOf(tenantId), async (ledger: CreditLedger, { storage }) => {
    const commit = storage.transactionSync.bind(storage);
    storage.transactionSync = (work) => {
      const answer = commit(() => {
        const worked = work();
        if (moment === "before_commit") throw new Error("crash before the commit");
        return worked;
      });
      if (moment === "after_commit") throw new Error("crash after the commit");
      return answer;
    };
    await call(ledger).catch(() => undefined);
  });
}

export type EntryRow = {
  sequence: number;
  id: string;
  transaction_number: number | null;
  operation_id: string;
  type: string;
  debit: string;
  credit: string;
  amount: number;
  balance_after: number;
  description: string;
  video_id: string | null;
  payment_id: string | null;
  created_at_ms: number;
  hash: string;
};
export type AccountRow = { name: string; debits: number; credits: number };
export type HoldRow = {
  id: string;
  status: string;
  credits: number;
  credits_charged: number;
  usage: string;
  usage_charged: string | null;
  /** 0: it takes no place in the day. */
  videos: number;
  day: string;
  month: string;
};
export type CounterRow = { period: string; metric: string; used: number };
export type PaymentRow = { id: string; credits: number; bonus: number; paid: number | null; taken: number };
export type ClaimRow = {
  id: string;
  payment_id: string;
  amount: number | null;
  reclaim_answer: string | null;
  restore_answer: string | null;
};
export type Books = {
  entries: EntryRow[];
  payments: PaymentRow[];
  claims: ClaimRow[];
  freezes: { id: string; is_on: number }[];
  accounts: Record<string, AccountRow>;
  holds: HoldRow[];
  counters: CounterRow[];
  operationIds: string[];
  copiedThrough: number;
  alarmAtMs: number | null;
};

/** Every row of a ledger, as it is stored. */
export async function readBooks(tenantId: string): Promise<Books> {
  return await runInDurableObject(ledgerOf(tenantId), async (_ledger: CreditLedger, { storage }) => {
    const rows = <Row extends Record<string, SqlStorageValue>>(query: string) => storage.sql.exec<Row>(query).toArray();
    const accounts = rows<AccountRow>("SELECT * FROM accounts").map((row) => [row.name, row] as const);
    return {
      entries: rows<EntryRow>("SELECT * FROM entries ORDER BY sequence"),
      payments: rows<PaymentRow>("SELECT id, credits, bonus, paid, taken FROM payments ORDER BY id"),
      claims: rows<ClaimRow>("SELECT * FROM claims ORDER BY id"),
      freezes: rows<{ id: string; is_on: number }>("SELECT id, is_on FROM freezes ORDER BY id"),
      accounts: Object.fromEntries(accounts),
      holds: rows<HoldRow>("SELECT * FROM holds"),
      counters: rows<CounterRow>("SELECT * FROM counters ORDER BY period, metric"),
      operationIds: rows<{ id: string }>("SELECT id FROM operations").map((row) => row.id),
      copiedThrough: storage.sql.exec<{ copied_through: number }>("SELECT copied_through FROM outbox").one()
        .copied_through,
      alarmAtMs: await storage.getAlarm(),
    };
  });
}

/** What an entry did to the balance the customer sees. */
export function visibleAmount(entry: EntryRow): number {
  return entry.credit === "available" ? entry.amount : entry.debit === "available" ? 0 - entry.amount : 0;
}

/** The customer's transactions as the ledger has them, in the columns of the D1 copy. */
export function statementOf(tenantId: string, books: Books) {
  return books.entries
    .filter((entry) => entry.transaction_number !== null)
    .map((entry) => ({
      id: entry.id,
      tenant_id: tenantId,
      sequence: entry.transaction_number,
      type: entry.type,
      amount: visibleAmount(entry),
      balance_after: entry.balance_after,
      description: entry.description,
      video_id: entry.video_id,
      payment_id: entry.payment_id,
      created_at_ms: entry.created_at_ms,
    }));
}

/** The customer's transactions as D1 has them. */
export async function readHistory(tenantId: string) {
  const query = "SELECT * FROM credit_transactions WHERE tenant_id = ? ORDER BY sequence";
  return (await env.DB.prepare(query).bind(tenantId).all<ReturnType<typeof statementOf>[number]>()).results;
}
