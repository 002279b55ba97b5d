import type { AssetRow, Upload } from "./tables.ts";

/** Everything a tenant owns lies under its own prefix (product.md). */
export function assetPrefix(asset: Upload): string {
  return `tenants/${asset.tenantId}/assets/${asset.id}/`;
}

/** A key of its own for each upload, so that whoever deletes one never deletes what somebody uploads again meanwhile. */
export function assetKey(asset: Upload): string {
  return `${assetPrefix(asset)}file`;
}

export function thumbnailKey(asset: Upload): string {
  return `${assetPrefix(asset)}thumbnail.jpg`;
}

/** The paths its files are fetched under; also what a signature covers. */
export function assetPath(asset: Pick<AssetRow, "id">, file: "file" | "thumbnail"): string {
  return `/api/assets/${asset.id}/${file}`;
}
