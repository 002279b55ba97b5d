import type { DayOfHistory } from "../core/credits/ledger.ts";
import type { Counts } from "../core/credits/limits.ts";
import type { UploadCounts } from "../core/credits/uploads.ts";
import { quotaMetrics, type Usage } from "../core/plans/plans.ts";

const videosMetric = "videos";
/** The period of a counter that is a level, and does not start again. */
const always = "always";

type CounterChange = { period: string; metric: string; change: number };

/** The rows of a ledger that count: the day's videos, the month's quotas, and what is uploaded and kept. */
export class LedgerCounters {
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  readCounts(windows: { day: string; month: string }): Counts {
    // A day has the one counter, and a month none of its name.
    const query = "SELECT metric, used FROM counters WHERE period IN (?, ?)";
    const rows = this.sql.exec<{ metric: string; used: number }>(query, windows.day, windows.month).toArray();
    const used = new Map(rows.map((row) => [row.metric, row.used]));
    const monthly = quotaMetrics.map((metric) => [metric, used.get(metric) ?? 0] as const);
    return { videosToday: used.get(videosMetric) ?? 0, monthly: Object.fromEntries(monthly) as Usage };
  }

  /** Adds to, or with numbers below zero gives back to, the windows a hold was counted in. */
  count(windows: { day: string; month: string }, change: Counts): void {
    const changes: CounterChange[] = [
      { period: windows.day, metric: videosMetric, change: change.videosToday },
      ...quotaMetrics.map((metric) => ({ period: windows.month, metric, change: change.monthly[metric] })),
    ];
    this.addAll(changes.filter(({ change }) => change > 0));
    for (const { period, metric, change } of changes) if (change < 0) this.addToCounter(period, metric, change);
  }

  /** What holds that are open or captured have counted on each day from this one on. */
  history(fromDay: string): DayOfHistory[] {
    const query = `
      WITH counted AS (
        SELECT day, videos, iif(status = 'held', usage, usage_charged) AS usage,
          iif(status = 'held', credits, credits_charged) AS credits
        FROM holds WHERE day >= ? AND status <> 'released'
      )
      SELECT day, sum(videos) AS videos, sum(usage ->> 'images') AS images,
        sum(usage ->> 'speech_seconds') AS speech_seconds, sum(usage ->> 'render_seconds') AS render_seconds,
        sum(credits) AS credits
      FROM counted GROUP BY day
      HAVING videos + images + speech_seconds + render_seconds + credits > 0
      ORDER BY day`;
    return this.sql.exec<DayOfHistory>(query, fromDay).toArray();
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

  private counter(period: string, metric: string): number {
    const query = "SELECT used FROM counters WHERE period = ? AND metric = ?";
    const [row] = this.sql.exec<{ used: number }>(query, period, metric);
    return row?.used ?? 0;
  }

  private addToCounter(period: string, metric: string, change: number): void {
    if (change === 0) return;
    if (change > 0) {
      this.addAll([{ period, metric, change }]);
      return;
    }
    // What is given back was counted: a row below zero cannot be, and SQLite would refuse it before it met the one there is.
    this.sql.exec("INSERT INTO counters VALUES (?, ?, 0) ON CONFLICT DO NOTHING", period, metric);
    this.sql.exec("UPDATE counters SET used = used + ? WHERE period = ? AND metric = ?", change, period, metric);
  }

  /** What is above zero, in one statement: each costs as much again as what it writes. */
  private addAll(additions: readonly CounterChange[]): void {
    if (additions.length === 0) return;
    const rows = additions.map(() => "(?, ?, ?)").join(", ");
    const query = `INSERT INTO counters VALUES ${rows} ON CONFLICT DO UPDATE SET used = used + excluded.used`;
    this.sql.exec(query, ...additions.flatMap(({ period, metric, change }) => [period, metric, change]));
  }
}
