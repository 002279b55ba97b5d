import type { BackupStatusAnswer, NightAnswer, NightQuery, NightsAnswer } from "../../contract/backups.ts";
import type { UserContext } from "../context.ts";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";
import { tenantFilesPrefix } from "./backup-file.ts";
import { findMark, isNightName, listMarks, nextStartAtMs } from "./nights.ts";
import { findLastBackup } from "./store.ts";

/** When the caller's tenant was last backed up, and when it is next. */
export async function readBackupStatus({ deps, actor }: UserContext): Promise<BackupStatusAnswer> {
  const lastAtMs = await findLastBackup(deps, actor.tenantId);
  return {
    last_backup_at: lastAtMs === null ? null : new Date(lastAtMs).toISOString(),
    next_backup_at: new Date(nextStartAtMs(deps.clock.now())).toISOString(),
  };
}

/** The nights there are, the newest first; from their files, whatever the database knows. */
export async function listNights(deps: Deps): Promise<NightsAnswer> {
  return { data: await listMarks(deps) };
}

/** Whose backup a night has. Refuses `not_found`. */
export async function listNight(deps: Deps, night: string, { cursor }: NightQuery): Promise<NightAnswer> {
  const mark = await requireMark(deps, night);
  const prefix = tenantFilesPrefix(night);
  const page = await deps.files.list(prefix, cursor ?? null);
  const data = page.files.map(({ key, size }) => ({
    tenant_id: key.slice(prefix.length).replace(/\.json\.gz$/, ""),
    bytes: size,
  }));
  return { ...mark, data, next_cursor: page.cursor };
}

async function requireMark(deps: Deps, night: string) {
  const mark = isNightName(night) ? await findMark(deps, night) : null;
  return mark ?? fail("not_found", "There is no backup of this night. GET /api/admin/backups lists those there are.");
}
