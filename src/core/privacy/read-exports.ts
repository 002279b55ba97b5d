import type { ExportAnswer, ExportsAnswer } from "../../contract/privacy.ts";
import { ownsTenant } from "../accounts/owns-tenant.ts";
import type { Context, UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { exportKey, exportLink } from "./export-file.ts";
import { type ExportRow, findExport, findExports } from "./export-store.ts";

/** The exports that the caller has asked for in this tenant, the newest first: in each is what is theirs alone. */
export async function listExports(context: UserContext, origin: string): Promise<ExportsAnswer> {
  const { deps, actor } = context;
  const rows = await findExports(deps, actor.tenantId, { userId: actor.userId });
  return { data: await Promise.all(rows.map((row) => toAnswer(context, origin, row))) };
}

async function toAnswer(context: Context, origin: string, row: ExportRow): Promise<ExportAnswer> {
  const isGone = row.status === "failed" || hasExpired(context, row);
  return {
    id: row.id,
    status: hasExpired(context, row) ? "expired" : row.status,
    created_at: new Date(row.createdAtMs).toISOString(),
    ready_at: toTime(row.readyAtMs),
    expires_at: toTime(row.expiresAtMs),
    size: row.size,
    sha256: row.sha256,
    download_url: isGone ? null : await exportLink(context, origin, row),
  };
}

function toTime(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

function hasExpired({ deps }: Context, { expiresAtMs }: ExportRow): boolean {
  return expiresAtMs !== null && expiresAtMs <= deps.clock.now();
}

export type ExportFile = { key: string; name: string };
/** A large library takes minutes. */
const lookAgainSeconds = 10;

/** Where an export lies, for the owner who asked for it. Refuses `not_found`, `export_not_ready`, `export_gone`. */
export async function findOwnExportFile(context: UserContext, exportId: string): Promise<ExportFile> {
  const { deps, actor } = context;
  const row = await findExport(deps, exportId);
  if (row?.tenantId !== actor.tenantId || row.userId !== actor.userId) fail("not_found", "There is no such export.");
  return fileOf(context, row);
}

/**
 * Where an export lies, for whoever holds a signed link to it: as long as who asked for it owns the tenant, so that a link is
 * worth nothing to somebody who was put out, nor after a deletion has begun. Refuses as `findOwnExportFile`.
 */
export async function findLinkedExportFile(context: Context, exportId: string): Promise<ExportFile> {
  const row = await findExport(context.deps, exportId);
  if (row === null) fail("not_found", "There is no such export.");
  if (!(await ownsTenant(context.deps, row.userId, row.tenantId))) {
    fail(
      "export_gone",
      "Whoever asked for this export does not own the account any more. An owner may start a new one.",
    );
  }
  return fileOf(context, row);
}

function fileOf(context: Context, row: ExportRow): ExportFile {
  if (row.status === "failed") fail("export_gone", "The export could not be made. It cost nothing; start a new one.");
  if (row.status === "running") {
    fail("export_not_ready", "The export is being made. You are written to when it is ready.", {
      retry_after: lookAgainSeconds,
    });
  }
  if (hasExpired(context, row) || row.purgedAtMs !== null) {
    fail("export_gone", "The export was kept for 24 hours and is deleted. Start a new one; it costs nothing.");
  }
  return { key: exportKey(row), name: `shujaa-studio-${new Date(row.createdAtMs).toISOString().slice(0, 10)}.zip` };
}
