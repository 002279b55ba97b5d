import type { AssetAnswer, AssetsAnswer, AssetsQuery } from "../../contract/assets.ts";
import type { UserContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { fail } from "../fail.ts";
import { findTenantAssets, listTenantAssets } from "./store.ts";
import type { AssetRow } from "./tables.ts";
import { toAssetAnswer } from "./to-wire.ts";

/** The asset, or `not_found` for one that is not there or is another tenant's. */
export async function requireAsset(context: UserContext, assetId: string): Promise<AssetRow> {
  const [asset] = await findTenantAssets(context.deps, context.actor.tenantId, [assetId]);
  return asset ?? fail("not_found", "There is no such file among your uploads.");
}

export async function getAsset(context: UserContext, input: { assetId: string; origin: string }): Promise<AssetAnswer> {
  return toAssetAnswer(context, input.origin, await requireAsset(context, input.assetId));
}

export async function listAssets(
  context: UserContext,
  { query, origin }: { query: AssetsQuery; origin: string },
): Promise<AssetsAnswer> {
  const [createdAtMs, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["number", "string"]);
  const rows = await listTenantAssets(context.deps, {
    tenantId: context.actor.tenantId,
    kind: query.kind,
    after: createdAtMs === undefined ? undefined : { createdAtMs: Number(createdAtMs), id: String(id) },
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    data: await Promise.all(page.map((asset) => toAssetAnswer(context, origin, asset))),
    next_cursor: last === undefined ? null : encodeCursor([last.createdAtMs, last.id]),
  };
}
