import { sql } from "drizzle-orm";
import { sqliteTable } from "drizzle-orm/sqlite-core";
import { tenantFileKey } from "../backups/backup-file.ts";
import { listNightNames } from "../backups/nights.ts";
import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { endOpenPayments } from "../payments/end-open-payments.ts";
import { endSubscriptions } from "../plans/end-subscriptions.ts";
import { emptyRooms, endTenantVideos } from "../videos/end-tenant-videos.ts";
import { whereId } from "./read-rows.ts";
import { type OwnedTable, tenantTables } from "./tenant-tables.ts";

export type DeletionStep = { name: string; run: (context: Context, tenantId: string) => Promise<void> };

/**
 * What is done to a tenant that goes, in this order; each step may be done again, and again after those behind it. What spends
 * or renders comes first; what is needed to find other things goes after them: the names at Stripe after what they name there,
 * the rows of videos after their rooms, the ledger before the copy that it would write anew.
 */
export const deletionSteps: readonly DeletionStep[] = [
  { name: "videos", run: endTenantVideos },
  { name: "subscriptions", run: endSubscriptions },
  { name: "payments", run: endOpenPayments },
  { name: "rooms", run: emptyRooms },
  { name: "ledger", run: ({ deps }, tenantId) => deps.ledger(tenantId).destroy() },
  { name: "backups", run: deleteBackups },
  { name: "files", run: ({ deps }, tenantId) => deps.files.deleteAll(`tenants/${tenantId}/`) },
  { name: "rows", run: deleteTenantRows },
];

/** Every night that the store or the database knows of, whether its list names the tenant or not: no copy may be forgotten with its list. */
async function deleteBackups({ deps }: Context, tenantId: string): Promise<void> {
  const known = await deps.db.all<{ night: string }>(
    sql`select night from backups union select night from tenant_backups where tenant_id = ${tenantId}`,
  );
  const nights = new Set([...known.map(({ night }) => night), ...(await listNightNames(deps))]);
  for (const night of nights) await deps.files.delete([tenantFileKey(night, tenantId)]);
}

/** One statement a table: a large tenant's must not have to fit into one of D1's batches. */
async function deleteTenantRows({ deps }: Context, tenantId: string): Promise<void> {
  for (const owned of tenantTables) await deleteOwned(deps, owned, tenantId);
}

/** The rows of somebody in one table, as a statement for a batch. */
export function deleteOwned({ db }: Deps, { table, where, alsoDeleted }: OwnedTable, id: string) {
  const also = alsoDeleted === undefined ? sql`` : sql` or (${whereId(alsoDeleted, id)})`;
  return db.delete(sqliteTable(table, {})).where(sql`(${whereId(where, id)})${also}`);
}

/** What a receipt counts, by the word it has there. */
const countedTables: Record<string, string> = {
  videos: "videos",
  images: "images",
  assets: "assets",
  projects: "projects",
  payments: "payments",
  transactions: "credit_transactions",
  api_keys: "api_keys",
  exports: "data_exports",
};

/** How much there is of a tenant. */
export async function countTenant({ deps }: Context, tenantId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [word, table] of Object.entries(countedTables)) {
    const [row] = await deps.db.all<{ rows: number }>(
      sql`select count(*) as rows from ${sql.identifier(table)} where tenant_id = ${tenantId}`,
    );
    counts[word] = row?.rows ?? 0;
  }
  let files = 0;
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const page: Awaited<ReturnType<typeof deps.files.list>> = await deps.files.list(`tenants/${tenantId}/`, cursor);
    files += page.files.length;
    cursor = page.cursor;
  }
  return { ...counts, files };
}
