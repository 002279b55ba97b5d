import type { PartNews, PartPlan } from "../core/videos/parts.ts";

/** A part's consumer that has not been heard of for this long is dead. */
const partLeaseMs = 25_000;
/** A part that nobody has begun by then has found no place: the lead makes it. */
const claimLimitMs = 15_000;
/** How often a part's message is sent at most. */
const sendsMax = 3;

type PartRow = { part: number; lease: string | null; untilMs: number; sends: number };

/**
 * Who makes which segments of one video, and what became of them. A part's row is there as long as something of it is to
 * be made. Synchronous throughout: what a caller reads and writes in one go is one transaction.
 */
export class RoomParts {
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS parts
         (part INTEGER PRIMARY KEY, lease TEXT, until_ms INTEGER NOT NULL, sends INTEGER NOT NULL) STRICT`,
    );
    // `sequence` is null while the segment is to be made, and then counts the news.
    sql.exec(
      `CREATE TABLE IF NOT EXISTS part_keys
         (key TEXT PRIMARY KEY, part INTEGER NOT NULL, is_made INTEGER, sequence INTEGER) STRICT`,
    );
  }

  /** Writes the plan down unless there has been one; `open` is what is still to be made by parts. */
  plan(parts: readonly PartPlan[], nowMs: number): { isNew: boolean; open: string[] } {
    const { known } = this.sql.exec<{ known: number }>("SELECT count(*) AS known FROM part_keys").one();
    const isNew = known === 0 && parts.length > 0;
    for (const { part, keys } of isNew ? parts : []) {
      this.sql.exec("INSERT INTO parts VALUES (?, NULL, ?, 1)", part, nowMs + claimLimitMs);
      for (const key of keys) this.sql.exec("INSERT INTO part_keys (key, part) VALUES (?, ?)", key, part);
    }
    const open = this.sql.exec<{ key: string }>("SELECT key FROM part_keys WHERE sequence IS NULL").toArray();
    return { isNew, open: open.map(({ key }) => key) };
  }

  newsAfter(sequence: number): PartNews {
    const rows = this.sql
      .exec<{ key: string; isMade: number; sequence: number }>(
        "SELECT key, is_made AS isMade, sequence FROM part_keys WHERE sequence > ? ORDER BY sequence",
        sequence,
      )
      .toArray();
    const { open } = this.sql
      .exec<{ open: number }>("SELECT count(*) AS open FROM part_keys WHERE sequence IS NULL")
      .one();
    return {
      sequence: rows.at(-1)?.sequence ?? sequence,
      made: rows.filter(({ isMade }) => isMade === 1).map(({ key }) => key),
      givenUp: rows.filter(({ isMade }) => isMade !== 1).map(({ key }) => key),
      isOver: open === 0,
    };
  }

  /** All of the part's keys, those that are made too: a container that still works on them is attached to by the same request. */
  claim(part: number, lease: string, nowMs: number): string[] | null {
    const row = this.find(part);
    if (row === null || (row.lease !== null && row.untilMs > nowMs)) return null;
    this.sql.exec("UPDATE parts SET lease = ?, until_ms = ? WHERE part = ?", lease, nowMs + partLeaseMs, part);
    const rows = this.sql.exec<{ key: string }>("SELECT key FROM part_keys WHERE part = ? ORDER BY rowid", part);
    return rows.toArray().map(({ key }) => key);
  }

  renew(part: number, lease: string, nowMs: number): boolean {
    const changed = this.sql.exec(
      "UPDATE parts SET until_ms = ? WHERE part = ? AND lease = ? RETURNING part",
      nowMs + partLeaseMs,
      part,
      lease,
    );
    return changed.toArray().length > 0;
  }

  /** A stored segment is a stored segment, whoever tells of it. */
  made(part: number, keys: readonly string[]): void {
    for (const key of keys) this.settle(key, true);
    const [open] = this.sql.exec("SELECT 1 FROM part_keys WHERE part = ? AND sequence IS NULL LIMIT 1", part).toArray();
    if (open === undefined) this.sql.exec("DELETE FROM parts WHERE part = ?", part);
  }

  giveUp(part: number): void {
    const open = this.sql.exec<{ key: string }>("SELECT key FROM part_keys WHERE part = ? AND sequence IS NULL", part);
    for (const { key } of open.toArray()) this.settle(key, false);
    this.sql.exec("DELETE FROM parts WHERE part = ?", part);
  }

  /** Nothing is to be made any more. Returns the parts that were. */
  close(): number[] {
    const parts = this.sql.exec<{ part: number }>("SELECT part FROM parts").toArray();
    this.sql.exec("DELETE FROM parts");
    this.sql.exec("DELETE FROM part_keys");
    return parts.map(({ part }) => part);
  }

  /** Frees what is overdue: parts whose message is to be sent again. What nobody began, or began too often, is given up. */
  rescue(nowMs: number): number[] {
    const overdue = this.sql
      .exec<PartRow>("SELECT part, lease, until_ms AS untilMs, sends FROM parts WHERE until_ms <= ?", nowMs)
      .toArray();
    const again: number[] = [];
    for (const { part, lease, sends } of overdue) {
      if (lease === null || sends >= sendsMax) {
        this.giveUp(part);
        continue;
      }
      this.sql.exec(
        "UPDATE parts SET lease = NULL, until_ms = ?, sends = sends + 1 WHERE part = ?",
        nowMs + claimLimitMs,
        part,
      );
      again.push(part);
    }
    return again;
  }

  /** When the next lease or wait runs out; null: nothing is to be watched. */
  nextDeadlineMs(): number | null {
    return this.sql.exec<{ next: number | null }>("SELECT min(until_ms) AS next FROM parts").one().next;
  }

  private find(part: number): PartRow | null {
    const [row] = this.sql.exec<PartRow>(
      "SELECT part, lease, until_ms AS untilMs, sends FROM parts WHERE part = ?",
      part,
    );
    return row ?? null;
  }

  private settle(key: string, isMade: boolean): void {
    this.sql.exec(
      `UPDATE part_keys SET is_made = ?, sequence = (SELECT coalesce(max(sequence), 0) + 1 FROM part_keys)
       WHERE key = ? AND sequence IS NULL`,
      isMade ? 1 : 0,
      key,
    );
  }
}
