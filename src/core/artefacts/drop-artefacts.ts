import type { Context } from "../context.ts";
import { artefactPath } from "./keep-artefacts.ts";
import { deleteUnchanged, findByVideo, findUnused } from "./store.ts";
import type { ArtefactRow } from "./tables.ts";

/** What nobody has used for a month is cheaper made again than kept. */
const keepUnusedMs = 30 * 24 * 3_600_000;
/** R2 deletes up to 1,000 keys in one call. */
const dropBatch = 500;
/** Rounds of one call, so that a cron's minute is not spent on it. */
const roundsMax = 20;

/** Deletes the artefacts whose last use was this video: what another video uses too has stayed with that one. */
export async function dropVideoArtefacts(context: Context, videoId: string): Promise<void> {
  await dropAll(context, () => findByVideo(context.deps, videoId, dropBatch));
}

/** Deletes what no video has used for 30 days. */
export async function dropOldArtefacts(context: Context): Promise<void> {
  const usedBeforeMs = context.deps.clock.now() - keepUnusedMs;
  await dropAll(context, () => findUnused(context.deps, usedBeforeMs, dropBatch));
}

/** Bytes before rows: what is cut off in between is found again, and a row without bytes counts as missing. */
async function dropAll(context: Context, find: () => Promise<ArtefactRow[]>): Promise<void> {
  const { deps } = context;
  for (let round = 0; round < roundsMax; round += 1) {
    const rows = await find();
    if (rows.length === 0) return;
    await deps.files.delete(rows.map((row) => artefactPath(row.tenantId, row.key)));
    await deleteUnchanged(deps, rows);
  }
}
