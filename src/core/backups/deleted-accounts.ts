import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { openBackupFile, serviceFileKey } from "./backup-file.ts";
import { listNightNames } from "./nights.ts";
import { RowRestorer } from "./restore-rows.ts";

/**
 * Writes down the deletions that the newest backups know of and this database does not, as after a loss: nobody who was
 * deleted comes back, and no backup made from now on forgets them.
 */
export async function learnDeletions(deps: Deps): Promise<void> {
  const restorer = new RowRestorer(deps);
  for (const night of await listNightNames(deps)) {
    const file = await openBackupFile(deps, serviceFileKey(night), { night, tenantId: null });
    if (file === null) continue;
    for await (const part of file.parts) {
      if ("table" in part && part.table === "deletions") await restorer.write([part]);
    }
    return;
  }
}

export type DeletedAccounts = { tenantIds: ReadonlySet<string>; userIds: ReadonlySet<string> };

/** Everybody who is deleted, or being deleted. */
export async function findDeleted({ db }: Deps): Promise<DeletedAccounts> {
  const rows = await db.all<{ userId: string; tenantIds: string }>(
    sql`select user_id as userId, tenant_ids as tenantIds from deletions`,
  );
  return {
    userIds: new Set(rows.map(({ userId }) => userId)),
    tenantIds: new Set(rows.flatMap(({ tenantIds }) => JSON.parse(tenantIds) as string[])),
  };
}
