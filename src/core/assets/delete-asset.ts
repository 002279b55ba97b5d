import { auditRow } from "../audit/audit-row.ts";
import type { Context, UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { isNamedByUnfinishedVideo } from "../videos/asset-use.ts";
import { assetPrefix } from "./files.ts";
import { requireAsset } from "./read-asset.ts";
import { findUnpurgedAssets, markAssetDeleted, markAssetPurged } from "./store.ts";
import type { AssetRow } from "./tables.ts";

/** Takes a file out of the uploads, and gives its bytes back. Refuses `not_found`, and `asset_in_use` while a video needs it. */
export async function deleteAsset(context: UserContext, assetId: string): Promise<void> {
  const { deps, actor } = context;
  const asset = await requireAsset(context, assetId);
  if (await isNamedByUnfinishedVideo(deps, actor.tenantId, assetId)) {
    fail(
      "asset_in_use",
      "A video that is still being made uses this file. Cancel the video, or delete the file later.",
    );
  }
  await deps.db.batch([
    markAssetDeleted(deps, assetId, deps.clock.now()),
    auditRow(context, { action: "asset.delete", target: assetId, tenantId: actor.tenantId }),
  ]);
  await purgeAsset(context, asset);
}

async function purgeAsset(context: Context, asset: AssetRow): Promise<void> {
  const { deps } = context;
  await deps.files.deleteAll(assetPrefix(asset));
  await deps.ledger(asset.tenantId).unstore({ id: asset.id });
  await markAssetPurged(deps, asset.id, deps.clock.now());
}

const batch = 100;
const graceMs = 30_000;

/** Cron: deleted assets whose files were not all gone, or whose bytes were not given back. */
export async function healAssetPurges(context: Context): Promise<void> {
  const unpurged = await findUnpurgedAssets(context.deps, context.deps.clock.now() - graceMs, batch);
  const purged = await Promise.allSettled(unpurged.map((asset) => purgeAsset(context, asset)));
  const failed = purged.filter(({ status }) => status === "rejected").length;
  if (failed > 0) context.deps.log.write("error", "purge_assets_failed", { failed });
}
