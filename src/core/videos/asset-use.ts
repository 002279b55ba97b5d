import { and, eq, inArray, sql } from "drizzle-orm";
import { activeStages } from "../../contract/render-events.ts";
import type { Deps } from "../deps.ts";
import { videos } from "./tables.ts";

/** Whether a video that has not ended yet needs the asset. Ids are not guessed: to stand in a document is to be named by it. */
export async function isNamedByUnfinishedVideo(deps: Deps, tenantId: string, assetId: string): Promise<boolean> {
  const [row] = await deps.db
    .select({ id: videos.id })
    .from(videos)
    .where(
      and(
        eq(videos.tenantId, tenantId),
        inArray(videos.status, ["queued", ...activeStages]),
        sql`instr(${videos.document}, ${assetId}) > 0`,
      ),
    )
    .limit(1);
  return row !== undefined;
}
