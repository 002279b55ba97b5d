import { and, eq, gt, inArray, isNotNull, isNull, lt, lte } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { type VideoRow, videos } from "./tables.ts";

const alive = isNull(videos.deletedAtMs);

/** Begun and not made, and nobody has looked yet for files that were stored behind its end. */
export async function findUnswept(
  deps: Deps,
  query: { createdAfterMs: number; finishedBeforeMs: number; limit: number },
): Promise<VideoRow[]> {
  return deps.db
    .select()
    .from(videos)
    .where(
      and(
        // By the index: what did not succeed lately, and no more than that.
        inArray(videos.status, ["failed", "cancelled"]),
        gt(videos.createdAtMs, query.createdAfterMs),
        lte(videos.finishedAtMs, query.finishedBeforeMs),
        isNotNull(videos.startedAtMs),
        isNull(videos.purgedAtMs),
        alive,
      ),
    )
    .limit(query.limit);
}

export async function markSwept(deps: Deps, videoId: string, nowMs: number): Promise<void> {
  await deps.db
    .update(videos)
    .set({ purgedAtMs: nowMs })
    .where(and(eq(videos.id, videoId), alive));
}

export async function findUnpurged(deps: Deps, deletedBeforeMs: number, limit: number): Promise<VideoRow[]> {
  return deps.db
    .select()
    .from(videos)
    .where(and(isNotNull(videos.deletedAtMs), lt(videos.deletedAtMs, deletedBeforeMs), isNull(videos.purgedAtMs)))
    .limit(limit);
}
