import { readContact } from "../accounts/read-contact.ts";
import type { Context } from "../context.ts";
import { forEachAlone } from "../for-each-alone.ts";
import { postLetter, writeLetter } from "../mail/write-letter.ts";
import { exportEntries } from "./export-entries.ts";
import { exportKey, exportLink, keptMs } from "./export-file.ts";
import {
  claimExport,
  type ExportRow,
  endStatements,
  findExpired,
  findExport,
  findUnmade,
  leaseExport,
  markExportPurged,
} from "./export-store.ts";
import { postWork } from "./post-work.ts";

/** Whoever has not been heard of for this long is dead. */
export const leaseMs = 60_000;
const attemptsMax = 5;
/** R2 takes 10,000 parts an object, and ours have 8 MiB. */
const exportMaxBytes = 80 * 1024 ** 3;
const batch = 20;
/** A message takes seconds. */
const lostMessageMs = 60_000;

/** The export, for whoever makes it now; null: it is made, or somebody makes it. One that was begun too often is given up. */
export async function beginExport(context: Context, exportId: string): Promise<ExportRow | null> {
  const row = await claimExport(context.deps, exportId, leaseMs);
  if (row === null || row.attempts <= attemptsMax) return row;
  await giveUp(context, row);
  return null;
}

/** false: it is not ours any more. */
export function keepExport(context: Context, row: ExportRow): Promise<boolean> {
  return leaseExport(context.deps, row, leaseMs);
}

/** Given back, for a next try. */
export async function returnExport(context: Context, row: ExportRow): Promise<void> {
  await leaseExport(context.deps, row, 0);
}

/** Makes the ZIP and tells whoever asked for it. What is thrown is weather: the next try begins anew, under the same name. */
export async function makeExport(context: Context, row: ExportRow, signal: AbortSignal): Promise<void> {
  const { deps } = context;
  const key = exportKey(row);
  const stored = await deps.files.receive(key, deps.archives.zip(exportEntries(context, row, signal)), exportMaxBytes);
  if (stored === null) return giveUp(context, row);
  if (!(await keepExport(context, row))) return dropIfNobodys(context, row);
  const readyAtMs = deps.clock.now();
  const end = endStatements(context, row, { ...stored, status: "ready", readyAtMs, expiresAtMs: readyAtMs + keptMs });
  const asker = await readContact(deps, row.userId);
  if (asker === null) return void (await deps.db.batch([...end]));
  const link = await exportLink(context, deps.publicUrl ?? "", row);
  const letter = writeLetter(context, { to: asker.email, language: "en", template: "export_ready", values: { link } });
  await deps.db.batch([...end, letter.statement]);
  await postLetter(context, letter.mailId);
}

async function giveUp(context: Context, row: ExportRow): Promise<void> {
  const { deps } = context;
  deps.log.write("error", "export_given_up", { exportId: row.id, attempts: row.attempts });
  // Whoever died right behind the last byte has left a whole file, which nobody would come for.
  await deps.files.delete([exportKey(row)]);
  await deps.db.batch([...endStatements(context, row, { status: "failed", purgedAtMs: deps.clock.now() })]);
}

/** Another maker of it stores the same name; when the account was deleted meanwhile, nobody does. */
async function dropIfNobodys({ deps }: Context, row: ExportRow): Promise<void> {
  if ((await findExport(deps, row.id)) === null) await deps.files.delete([exportKey(row)]);
}

/** Cron: exports that nobody makes are sent again, and files whose day is over are deleted. */
export async function tendExports(context: Context): Promise<void> {
  const { deps } = context;
  const unmade = await findUnmade(deps, deps.clock.now() - lostMessageMs, batch);
  for (const { id } of unmade) await postWork(context, { type: "export", exportId: id });
  await forEachAlone(context, await findExpired(deps, batch), async (row) => {
    await deps.files.delete([exportKey(row)]);
    await markExportPurged(context, row);
  });
}
