import type { Context, UserContext } from "../context.ts";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";
import { assetKey, thumbnailKey } from "./files.ts";
import { requireAsset } from "./read-asset.ts";
import { findAsset, findTenantAssets } from "./store.ts";
import type { AssetRow } from "./tables.ts";

/** The bytes of a tenant's asset, for its video; null: there is none, or it is another tenant's. */
export async function openAsset(
  deps: Deps,
  tenantId: string,
  assetId: string,
): Promise<{ body: ReadableStream<Uint8Array>; size: number; contentType: string } | null> {
  const [asset] = await findTenantAssets(deps, tenantId, [assetId]);
  if (asset === undefined) return null;
  const opened = await deps.files.open(assetKey(asset));
  return opened === null ? null : { ...opened, contentType: asset.contentType };
}

export type AssetFile = { key: string; contentType: string; name: string };
type Wanted = { assetId: string; file: "file" | "thumbnail" };

/** Where a file lies, for its owner. Refuses `not_found`. */
export async function findOwnAssetFile(context: UserContext, { assetId, file }: Wanted): Promise<AssetFile> {
  return fileOf(await requireAsset(context, assetId), file);
}

/** Where a file lies, for whoever holds a signed link to it. Refuses `not_found`. */
export async function findLinkedAssetFile(context: Context, { assetId, file }: Wanted): Promise<AssetFile> {
  const asset = await findAsset(context.deps, assetId);
  return fileOf(asset ?? fail("not_found", "There is no such file."), file);
}

function fileOf(asset: AssetRow, file: "file" | "thumbnail"): AssetFile {
  if (file === "file") return { key: assetKey(asset), contentType: asset.contentType, name: asset.name };
  if (!asset.hasThumbnail) fail("not_found", "A sound has no thumbnail.");
  return { key: thumbnailKey(asset), contentType: "image/jpeg", name: "thumbnail.jpg" };
}
