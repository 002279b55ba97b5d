import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { perDatabase, placeholders, withValues } from "../prepared.ts";
import { expectedRenderSeconds } from "../renders/render-pace.ts";
import { type VideoRow, videos } from "./tables.ts";

type NewVideo = Pick<VideoRow, (typeof submitted)[number]> & {
  estimatedRenderSeconds: number;
  /** What the estimate goes by where renders of the same kind have been done. */
  shape: string;
  renderSeconds: number;
};

const submitted = [
  "id",
  "tenantId",
  "userId",
  "status",
  "title",
  "document",
  "seed",
  "derivedFrom",
  "derivedAs",
  "projectId",
  "billing",
  "discountOf",
  "queue",
  "credits",
  "ceilingSeconds",
  "enqueuedAtMs",
  "createdAtMs",
] as const;

const preparedInsert = perDatabase((db) => {
  const { shape, renderSeconds, estimatedRenderSeconds } = placeholders(
    "shape",
    "renderSeconds",
    "estimatedRenderSeconds",
  );
  const expected = expectedRenderSeconds({ shape, videoSeconds: renderSeconds });
  return db
    .insert(videos)
    .values({
      ...placeholders(...submitted),
      estimatedRenderSeconds: sql`coalesce(${expected}, ${estimatedRenderSeconds})`,
    })
    .onConflictDoNothing({ target: videos.id })
    .prepare();
});

/** Does nothing when the id is there already: the same submission, repeated. Throws for a discount that is taken already. */
export function insertVideo(deps: Deps, row: NewVideo) {
  return withValues(preparedInsert(deps.db), row);
}
