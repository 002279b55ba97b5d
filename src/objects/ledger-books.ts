import type { DrainSchedule } from "../core/credits/drain-schedule.ts";
import type { HoldStatus } from "../core/credits/ledger.ts";
import { ledgerMigrations } from "../core/credits/ledger-schema.ts";
import type { Counts } from "../core/credits/limits.ts";
import { type Account, balanceChange, type Posting } from "../core/credits/postings.ts";
import type { TransactionRow } from "../core/credits/store.ts";
import type { UploadCounts } from "../core/credits/uploads.ts";
import { invariant } from "../core/fail.ts";
import { newId } from "../core/ids.ts";
import { quotaMetrics, type Usage } from "../core/plans/plans.ts";

export type OperationRow = { kind: "grant" | "hold"; fingerprint: string; answer: string };

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

const videosMetric = "videos";
/** The period of a counter that is a level, and does not start again. */
const always = "always";

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
      sql.exec(migration);
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

  balanceOf(account: Account): number {
    const query = "SELECT credits - debits AS balance FROM accounts WHERE name = ?";
    return this.sql.exec<{ balance: number }>(query, account).one().balance;
  }

  totalPurchased(): number {
    const query = "SELECT coalesce(sum(amount), 0) AS total FROM entries WHERE type IN ('purchase', 'topup')";
    return this.sql.exec<{ total: number }>(query).one().total;
  }

  /** Appends; the accounts move with the entries, and refuse what they cannot cover. */
  post(operationId: string, postings: readonly Posting[], nowMs: number): void {
    for (const posting of postings) {
      const { type, debit, credit, amount, description, videoId, paymentId } = posting;
      this.sql.exec(
        `INSERT INTO entries (id, transaction_number, operation_id, type, debit, credit, amount, balance_after,
           description, video_id, payment_id, created_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        newId("transaction", nowMs, crypto.getRandomValues(new Uint8Array(16))),
        type === "capture" ? null : this.lastTransactionNumber() + 1,
        operationId,
        type,
        debit,
        credit,
        amount,
        this.balanceOf("available") + balanceChange(posting),
        description,
        videoId,
        paymentId,
        nowMs,
      );
    }
  }

  readCounts(windows: { day: string; month: string }): Counts {
    const monthly = quotaMetrics.map((metric) => [metric, this.counter(windows.month, metric)] as const);
    return {
      videosToday: this.counter(windows.day, videosMetric),
      monthly: Object.fromEntries(monthly) as Usage,
    };
  }

  /** Adds to, or with numbers below zero gives back to, the windows a hold was counted in. */
  count(windows: { day: string; month: string }, change: Counts): void {
    this.addToCounter(windows.day, videosMetric, change.videosToday);
    for (const metric of quotaMetrics) this.addToCounter(windows.month, metric, change.monthly[metric]);
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

  /** Whether the bytes of an id are kept; null: nobody has named it yet. */
  isKept(id: string): boolean | null {
    const query = "SELECT is_kept AS isKept FROM uploads WHERE id = ?";
    const [row] = this.sql.exec<{ isKept: number }>(query, id);
    return row === undefined ? null : row.isKept === 1;
  }

  readUploadCounts(month: string): UploadCounts {
    return { uploads: this.counter(month, "uploads"), storage_bytes: this.counter(always, "storage_bytes") };
  }

  addUpload(upload: { id: string; bytes: number; month: string }, nowMs: number): void {
    this.sql.exec("INSERT INTO uploads VALUES (?, ?, 1, ?)", upload.id, upload.bytes, nowMs);
    this.addToCounter(upload.month, "uploads", 1);
    this.addToCounter(always, "storage_bytes", upload.bytes);
  }

  /** From now on nothing is kept under this id, ever. */
  spendUpload(id: string, nowMs: number): void {
    const query = "SELECT bytes FROM uploads WHERE id = ? AND is_kept = 1";
    const [kept] = this.sql.exec<{ bytes: number }>(query, id);
    this.sql.exec("INSERT INTO uploads VALUES (?, 0, 0, ?) ON CONFLICT DO UPDATE SET is_kept = 0", id, nowMs);
    this.addToCounter(always, "storage_bytes", -(kept?.bytes ?? 0));
  }

  /** The oldest entries that are not known to be in D1. */
  uncopied(limit: number): TransactionRow[] {
    const query = `
      SELECT entries.id, tenant_id AS tenantId, transaction_number AS sequence, type,
        iif(credit = 'available', amount, -amount) AS amount, entries.balance_after AS balanceAfter, description,
        video_id AS videoId, payment_id AS paymentId, created_at_ms AS createdAtMs
      FROM outbox JOIN entries ON transaction_number > copied_through
      ORDER BY transaction_number LIMIT ?`;
    return this.sql.exec<TransactionRow>(query, limit).toArray();
  }

  markCopied(through: number): void {
    this.sql.exec("UPDATE outbox SET copied_through = max(copied_through, ?), failures = 0", through);
  }

  isCopied(): boolean {
    const query = "SELECT copied_through AS copiedThrough FROM outbox";
    return this.sql.exec<{ copiedThrough: number }>(query).one().copiedThrough >= this.lastTransactionNumber();
  }

  drainSchedule(): DrainSchedule {
    return this.sql.exec<DrainSchedule>("SELECT armed_for_ms AS armedForMs, failures FROM outbox").one();
  }

  setDrainSchedule(schedule: DrainSchedule): void {
    this.sql.exec("UPDATE outbox SET armed_for_ms = ?, failures = ?", schedule.armedForMs, schedule.failures);
  }

  private lastTransactionNumber(): number {
    const query = "SELECT coalesce(max(transaction_number), 0) AS last FROM entries";
    return this.sql.exec<{ last: number }>(query).one().last;
  }

  private counter(period: string, metric: string): number {
    const query = "SELECT used FROM counters WHERE period = ? AND metric = ?";
    const [row] = this.sql.exec<{ used: number }>(query, period, metric);
    return row?.used ?? 0;
  }

  private addToCounter(period: string, metric: string, change: number): void {
    if (change === 0) return;
    this.sql.exec("INSERT INTO counters VALUES (?, ?, 0) ON CONFLICT DO NOTHING", period, metric);
    this.sql.exec("UPDATE counters SET used = used + ? WHERE period = ? AND metric = ?", change, period, metric);
  }
}
