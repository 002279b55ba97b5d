import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { Gauge } from "../gauge.ts";

/**
 * What customers could still spend, from the copy of their ledgers. It steps from one tenant to the next in the index and reads
 * each one's newest entry: three rows a tenant, and never a history.
 */
export async function measureCredits({ db }: Deps): Promise<Gauge[]> {
  const [row] = await db.all<{ credits: number | null; tenants: number }>(sql`
    WITH RECURSIVE step(tenant) AS (
      SELECT min(tenant_id) FROM credit_transactions
      UNION ALL
      SELECT (SELECT min(tenant_id) FROM credit_transactions WHERE tenant_id > step.tenant) FROM step WHERE tenant IS NOT NULL
    ), newest AS (
      SELECT (
        SELECT balance_after FROM credit_transactions WHERE tenant_id = step.tenant ORDER BY sequence DESC LIMIT 1
      ) AS balance FROM step WHERE tenant IS NOT NULL
    )
    SELECT sum(balance) AS credits, count(*) FILTER (WHERE balance > 0) AS tenants FROM newest`);
  return [
    {
      name: "shujaa_credits_outstanding",
      help: "Credits that all tenants together can spend: bought or given, neither spent nor held.",
      samples: [{ value: row?.credits ?? 0 }],
    },
    {
      name: "shujaa_tenants_with_credits",
      help: "Tenants that have any of them.",
      samples: [{ value: row?.tenants ?? 0 }],
    },
  ];
}
