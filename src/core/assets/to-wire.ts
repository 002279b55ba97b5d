import type { AssetAnswer } from "../../contract/assets.ts";
import type { Context } from "../context.ts";
import { linkExpiry, signedLink } from "../videos/links.ts";
import { assetPath } from "./files.ts";
import type { AssetRow } from "./tables.ts";

export async function toAssetAnswer(context: Context, origin: string, asset: AssetRow): Promise<AssetAnswer> {
  const expiresAtMs = linkExpiry(context);
  const link = (file: "file" | "thumbnail") => signedLink(context, origin, assetPath(asset, file), expiresAtMs);
  return {
    id: asset.id,
    kind: asset.kind,
    content_type: asset.contentType,
    name: asset.name,
    size: asset.size,
    sha256: asset.sha256,
    ...(asset.width === null ? {} : { width: asset.width }),
    ...(asset.height === null ? {} : { height: asset.height }),
    ...(asset.durationSeconds === null ? {} : { duration: asset.durationSeconds }),
    url: await link("file"),
    ...(asset.hasThumbnail ? { thumbnail_url: await link("thumbnail") } : {}),
    expires_at: new Date(expiresAtMs).toISOString(),
    created_at: new Date(asset.createdAtMs).toISOString(),
  };
}
