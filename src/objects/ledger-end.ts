/**
 * The end of a ledger whose tenant is deleted. Of everything it had only this one table is left, without a word of whose it
 * was: so that a late call or alarm does not begin a new ledger under the old name, which would tell that somebody was here.
 */
export async function endLedger(storage: DurableObjectStorage, nowMs: number): Promise<void> {
  await storage.deleteAlarm();
  await storage.deleteAll();
  storage.sql.exec("CREATE TABLE IF NOT EXISTS ended (at_ms INTEGER NOT NULL) STRICT");
  storage.sql.exec("INSERT INTO ended (at_ms) VALUES (?)", nowMs);
}

export function hasEnded(sql: SqlStorage): boolean {
  const { tables } = sql
    .exec<{ tables: number }>("SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'ended'")
    .one();
  return tables > 0;
}
