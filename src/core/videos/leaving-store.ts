/** What is asked of the videos of a tenant that is to be deleted, beside store.ts. */
import { and, asc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { unfinished } from "./store.ts";
import { type VideoRow, videos } from "./tables.ts";

export async function findUnfinishedVideos(deps: Deps, tenantId: string, limit: number): Promise<VideoRow[]> {
  return deps.db
    .select()
    .from(videos)
    .where(and(eq(videos.tenantId, tenantId), inArray(videos.status, unfinished)))
    .limit(limit);
}

/** Ids, ascending, of a tenant's videos that were not over at a moment, deleted ones too. */
export async function findRecentVideos(
  deps: Deps,
  query: { tenantId: string; sinceMs: number; afterId: string; limit: number },
): Promise<string[]> {
  const rows = await deps.db
    .select({ id: videos.id })
    .from(videos)
    .where(
      and(
        eq(videos.tenantId, query.tenantId),
        gt(videos.id, query.afterId),
        or(isNull(videos.finishedAtMs), gt(videos.finishedAtMs, query.sinceMs)),
      ),
    )
    .orderBy(asc(videos.id))
    .limit(query.limit);
  return rows.map(({ id }) => id);
}
