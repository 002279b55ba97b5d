import type { Deps } from "../deps.ts";
import type { KeptFile } from "../kept-file.ts";
import { assetKey, thumbnailKey } from "./files.ts";
import { listTenantAssets } from "./store.ts";
import type { AssetRow } from "./tables.ts";

const page = 100;

/** Every file that a tenant has uploaded, with its thumbnail, the newest first. */
export async function* listAssetFiles(deps: Deps, tenantId: string): AsyncGenerator<KeptFile> {
  let after: AssetRow | undefined;
  do {
    const rows = await listTenantAssets(deps, { tenantId, kind: undefined, after, limit: page });
    for (const asset of rows) {
      const { id, createdAtMs: madeAtMs } = asset;
      const [, title = asset.name, ending = ""] = /^(.+?)(\.[A-Za-z0-9]{1,8})$/.exec(asset.name) ?? [];
      const file = { folder: "assets", title, id, madeAtMs };
      yield { ...file, key: assetKey(asset), ending };
      if (asset.hasThumbnail) yield { ...file, key: thumbnailKey(asset), ending: ".thumbnail.jpg" };
    }
    after = rows.length < page ? undefined : rows.at(-1);
  } while (after !== undefined);
}
