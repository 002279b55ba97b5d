import { isNotNull, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { backups } from "./tables.ts";

/** When the newest backup that is whole was begun; null: there is none. */
export async function newestCompletedNight({ db }: Deps): Promise<number | null> {
  const [row] = await db
    .select({ startedAtMs: sql<number | null>`max(${backups.startedAtMs})` })
    .from(backups)
    .where(isNotNull(backups.completedAtMs));
  return row?.startedAtMs ?? null;
}
