import { env } from "cloudflare:workers";

/** Columns that may change by a request that is refused; each with its reason. */
const exempt: Record<string, readonly string[]> = {
  // A key that is used for what it may not do is used all the same, and its owner should see so.
  api_keys: ["last_used_at_ms"],
};

/** Every table of D1, row by row, as text; and the head of the ledger of each tenant named. */
export async function readState(tenantIds: readonly string[]): Promise<Record<string, string>> {
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' ORDER BY name",
  ).all<{ name: string }>();
  const rows = await env.DB.batch<Record<string, unknown>>(
    tables.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}" ORDER BY 1, 2`)),
  );
  const state: Record<string, string> = {};
  tables.forEach(({ name }, place) => {
    const columns = exempt[name] ?? [];
    const kept = (rows[place]?.results ?? []).map((row) =>
      Object.entries(row).filter(([key]) => !columns.includes(key)),
    );
    state[name] = JSON.stringify(kept);
  });
  await Promise.all(
    tenantIds.map(async (tenantId) => {
      const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId));
      const { head } = await ledger.readStatement({ afterSequence: 0, limit: 1 });
      state[`ledger of ${tenantId}`] = JSON.stringify([head, await ledger.readBalance()]);
    }),
  );
  return state;
}

/** The tables and ledgers that differ: none when nothing was changed. */
export function changedBetween(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
}
