import type { DrainSchedule } from "../core/credits/drain-schedule.ts";
import { type Entry, firstPreviousHash, hashEntry } from "../core/credits/entry.ts";
import type { HoldStatus } from "../core/credits/ledger.ts";
import { ledgerMigrations } from "../core/credits/ledger-schema.ts";
import { type Balances, balanceChange, isHidden, type Posting } from "../core/credits/postings.ts";
import type { OperationKind } from "../core/credits/requests.ts";
import type { TransactionRow } from "../core/credits/store.ts";
import { invariant } from "../core/fail.ts";
import { newId } from "../core/ids.ts";
import type { Usage } from "../core/plans/plans.ts";
import { sha256Hex } from "./digest.ts";

/** `answer`: null for a claim, whose two answers are kept with it. */
export type OperationRow = { kind: OperationKind; fingerprint: string; answer: string | null };
/** `sequence` and `hash` are null before the first entry. */
type Head = {
  sequence: number | null;
  hash: string | null;
  transactionNumber: number | null;
  available: number;
};

export type HoldRow = {
  credits: number;
  usage: Usage;
  /** Places of the day it takes. */
  videos: number;
  day: string;
  month: string;
  creditsCharged: number;
  /** null while it is held; `balance` is that of just after. */
  settled: { status: "captured" | "released"; balance: number } | null;
};

type HoldColumns = Omit<HoldRow, "usage" | "settled"> & {
  usage: string;
  status: HoldStatus;
  balanceAfter: number | null;
};

/** The rows of one tenant's ledger. Synchronous throughout: what a caller reads and writes in one go is one transaction. */
export class LedgerBooks {
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  migrate(tenantId: string | undefined, nowMs: number): void {
    const { sql } = this;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at_ms INTEGER NOT NULL) STRICT",
    );
    const { version } = sql.exec<{ version: number }>("SELECT count(*) AS version FROM migrations").one();
    for (const [index, migration] of ledgerMigrations.entries()) {
      if (index < version) continue;
      if (typeof migration === "string") sql.exec(migration);
      else migration(sql, sha256Hex);
      sql.exec("INSERT INTO migrations (version, applied_at_ms) VALUES (?, ?)", index + 1, nowMs);
    }
    if (version > 0) return;
    invariant(tenantId !== undefined, "a ledger is addressed by its tenant's id");
    sql.exec("INSERT INTO outbox (tenant_id) VALUES (?)", tenantId);
  }

  findOperation(id: string): OperationRow | null {
    const [row] = this.sql.exec<OperationRow>("SELECT kind, fingerprint, answer FROM operations WHERE id = ?", id);
    return row ?? null;
  }

  addOperation(id: string, operation: OperationRow, nowMs: number): void {
    const { kind, fingerprint, answer } = operation;
    this.sql.exec("INSERT INTO operations VALUES (?, ?, ?, ?, ?)", id, kind, fingerprint, answer, nowMs);
  }

  balances(): Balances {
    const query = `SELECT credits - debits AS available,
        (SELECT debits - credits FROM accounts WHERE name = 'owed') AS owed
      FROM accounts WHERE name = 'available'`;
    return this.sql.exec<Balances>(query).one();
  }

  /** Appends, and chains; the accounts move with the entries, and refuse what they cannot cover. */
  post(operationId: string, postings: readonly Posting[], nowMs: number): void {
    if (postings.length === 0) return;
    const head = this.head();
    let sequence = head.sequence ?? 0;
    let hash = head.hash ?? firstPreviousHash;
    let balanceAfter = head.available;
    let lastNumber = head.transactionNumber ?? 0;
    for (const posting of postings) {
      sequence += 1;
      balanceAfter += balanceChange(posting);
      const transactionNumber = isHidden(posting.type) ? null : lastNumber + 1;
      lastNumber = transactionNumber ?? lastNumber;
      const id = newId("transaction", nowMs, crypto.getRandomValues(new Uint8Array(16)));
      const entry = { sequence, id, transactionNumber, operationId, ...posting, balanceAfter, createdAtMs: nowMs };
      hash = hashEntry(entry, hash, sha256Hex);
      this.addEntry(entry, hash);
    }
  }

  findHold(id: string): HoldRow | null {
    const [row] = this.sql.exec<HoldColumns>(
      `SELECT credits, usage, videos, day, month, credits_charged AS creditsCharged, status, balance_after AS balanceAfter
       FROM holds WHERE id = ?`,
      id,
    );
    if (row === undefined) return null;
    const { status, balanceAfter, usage, ...hold } = row;
    const settled = status === "held" || balanceAfter === null ? null : { status, balance: balanceAfter };
    return { ...hold, usage: JSON.parse(usage) as Usage, settled };
  }

  addHold(hold: { id: string; credits: number; usage: Usage; videos: number; day: string; month: string }): void {
    const { id, credits, usage, videos, day, month } = hold;
    this.sql.exec(
      "INSERT INTO holds (id, credits, usage, videos, day, month) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      credits,
      JSON.stringify(usage),
      videos,
      day,
      month,
    );
  }

  settleHold(
    id: string,
    settlement: { status: "captured" | "released"; credits: number; usage: Usage; balance: number },
    nowMs: number,
  ): void {
    const { status, credits, usage, balance } = settlement;
    this.sql.exec(
      `UPDATE holds SET status = ?, credits_charged = ?, usage_charged = ?, balance_after = ?, settled_at_ms = ?
       WHERE id = ?`,
      status,
      credits,
      JSON.stringify(usage),
      balance,
      nowMs,
      id,
    );
  }

  /** Of the oldest entries that are not known to be in D1. */
  uncopied(limit: number): TransactionRow[] {
    return this.transactions(this.copiedThrough(), limit);
  }

  /** What customers see, in the columns of the copy in D1, ascending. */
  transactions(afterNumber: number, limit: number): TransactionRow[] {
    const query = `
      SELECT entries.id, tenant_id AS tenantId, transaction_number AS sequence, type,
        iif(credit = 'available', amount, -amount) AS amount, entries.balance_after AS balanceAfter, description,
        video_id AS videoId, payment_id AS paymentId, created_at_ms AS createdAtMs
      FROM entries, outbox WHERE transaction_number > ?
      ORDER BY transaction_number LIMIT ?`;
    return this.sql.exec<TransactionRow>(query, afterNumber, limit).toArray();
  }

  markCopied(through: number): void {
    this.sql.exec("UPDATE outbox SET copied_through = max(copied_through, ?), failures = 0", through);
  }

  /** D1 may have lost what it was given: everything is copied again, and what is there stays as it is. */
  forgetCopied(): void {
    this.sql.exec("UPDATE outbox SET copied_through = 0");
  }

  /** Whether every transaction is known to be in D1, and when those that are not are copied. */
  outbox(): DrainSchedule & { isCopied: boolean } {
    const query = `SELECT armed_for_ms AS armedForMs, failures,
        copied_through >= (SELECT coalesce(max(transaction_number), 0) FROM entries) AS isCopied
      FROM outbox`;
    const row = this.sql.exec<DrainSchedule & { isCopied: number }>(query).one();
    return { ...row, isCopied: row.isCopied === 1 };
  }

  setDrainSchedule(schedule: DrainSchedule): void {
    this.sql.exec("UPDATE outbox SET armed_for_ms = ?, failures = ?", schedule.armedForMs, schedule.failures);
  }

  private copiedThrough(): number {
    const query = "SELECT copied_through AS copiedThrough FROM outbox";
    return this.sql.exec<{ copiedThrough: number }>(query).one().copiedThrough;
  }

  /** The last entry, the number of the last transaction, which may be an earlier one, and what is available behind them. */
  private head(): Head {
    const query = `SELECT sequence, hash, credits - debits AS available,
        (SELECT max(transaction_number) FROM entries) AS transactionNumber
      FROM accounts LEFT JOIN (SELECT sequence, hash FROM entries ORDER BY sequence DESC LIMIT 1)
      WHERE name = 'available'`;
    return this.sql.exec<Head>(query).one();
  }

  private addEntry(entry: Entry, hash: string): void {
    this.sql.exec(
      `INSERT INTO entries (sequence, id, transaction_number, operation_id, type, debit, credit, amount, balance_after,
         description, video_id, payment_id, created_at_ms, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      entry.sequence,
      entry.id,
      entry.transactionNumber,
      entry.operationId,
      entry.type,
      entry.debit,
      entry.credit,
      entry.amount,
      entry.balanceAfter,
      entry.description,
      entry.videoId,
      entry.paymentId,
      entry.createdAtMs,
      hash,
    );
  }
}
