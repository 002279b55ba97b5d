import type { Context } from "../context.ts";
import { findRecentVideos, findUnfinishedVideos } from "./leaving-store.ts";
import { publishRow } from "./render-lease.ts";
import { stopRender } from "./stop-render.ts";
import { endVideo, markSettled } from "./store.ts";

const batch = 50;

/**
 * Ends everything that is being made for a tenant which is to be deleted, and stops its renderers. Nothing is given back: the
 * ledger goes, too.
 */
export async function endTenantVideos(context: Context, tenantId: string): Promise<void> {
  const { deps } = context;
  for (;;) {
    const rows = await findUnfinishedVideos(deps, tenantId, batch);
    if (rows.length === 0) return;
    for (const { id, startedAtMs } of rows) {
      const nowMs = deps.clock.now();
      const ended = await endVideo(context, { videoId: id, tenantId }, { status: "cancelled", finishedAtMs: nowMs });
      if (ended === null) continue;
      await markSettled(deps, id, 0, nowMs);
      await publishRow(context, ended);
      // Nobody has ever rendered one that was not begun, and asking would start a container.
      if (startedAtMs !== null) await stopRender(context, id);
    }
  }
}

/** A room empties itself a day after its first event. */
const roomMs = 25 * 3_600_000;

/** Empties the rooms of a tenant's videos that have not done so by themselves. */
export async function emptyRooms({ deps }: Context, tenantId: string): Promise<void> {
  const sinceMs = deps.clock.now() - roomMs;
  let afterId = "";
  for (;;) {
    const ids = await findRecentVideos(deps, { tenantId, sinceMs, afterId, limit: batch });
    for (const id of ids) await deps.room(id).empty();
    afterId = ids.at(-1) ?? "";
    if (ids.length < batch) return;
  }
}
