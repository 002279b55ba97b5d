import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { type ArtefactRow, artefacts } from "./tables.ts";

/** Rows one statement can take: ten columns each, and D1 binds a hundred values. */
const insertBatch = 10;

/** Marks those of `keys` that the tenant has as used by the video, and returns them: one statement, however many. */
export async function markUsed(
  deps: Deps,
  use: { tenantId: string; videoId: string; keys: string[]; nowMs: number },
): Promise<ArtefactRow[]> {
  return deps.db
    .update(artefacts)
    .set({ videoId: use.videoId, usedAtMs: use.nowMs })
    .where(
      and(
        eq(artefacts.tenantId, use.tenantId),
        // One value, where a list of keys would be more than D1 binds.
        inArray(artefacts.key, sql`(select value from json_each(${JSON.stringify(use.keys)}))`),
      ),
    )
    .returning();
}

export async function upsertArtefacts(deps: Deps, rows: ArtefactRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += insertBatch) {
    await deps.db
      .insert(artefacts)
      .values(rows.slice(from, from + insertBatch))
      .onConflictDoUpdate({
        target: [artefacts.tenantId, artefacts.key],
        set: {
          size: sql`excluded.size`,
          sha256: sql`excluded.sha256`,
          contentType: sql`excluded.content_type`,
          provider: sql`excluded.provider`,
          videoId: sql`excluded.video_id`,
          usedAtMs: sql`excluded.used_at_ms`,
        },
      });
  }
}

export async function findByVideo(deps: Deps, videoId: string, limit: number): Promise<ArtefactRow[]> {
  return deps.db.select().from(artefacts).where(eq(artefacts.videoId, videoId)).limit(limit);
}

export async function findUnused(deps: Deps, usedBeforeMs: number, limit: number): Promise<ArtefactRow[]> {
  return deps.db
    .select()
    .from(artefacts)
    .where(lt(artefacts.usedAtMs, usedBeforeMs))
    .orderBy(asc(artefacts.usedAtMs))
    .limit(limit);
}

/** Forgets those of the rows that were not used again meanwhile: one statement, however many. */
export async function deleteUnchanged(deps: Deps, rows: readonly ArtefactRow[]): Promise<void> {
  const seen = JSON.stringify(rows.map(({ tenantId, key, usedAtMs }) => [tenantId, key, usedAtMs]));
  await deps.db.delete(artefacts).where(
    sql`(${artefacts.tenantId}, ${artefacts.key}, ${artefacts.usedAtMs}) in
        (select value ->> 0, value ->> 1, value ->> 2 from json_each(${seen}))`,
  );
}
