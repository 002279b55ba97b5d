import { and, desc, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { AssetsQuery } from "../../contract/assets.ts";
import type { Deps } from "../deps.ts";
import { type AssetRow, assets, type Upload, uploads } from "./tables.ts";

const alive = isNull(assets.deletedAtMs);

export async function findAsset(deps: Deps, assetId: string): Promise<AssetRow | null> {
  const [row] = await deps.db
    .select()
    .from(assets)
    .where(and(eq(assets.id, assetId), alive))
    .limit(1);
  return row ?? null;
}

/** Those of the ids that are assets of this tenant. D1 takes 100 parameters a statement. */
export async function findTenantAssets(deps: Deps, tenantId: string, ids: readonly string[]): Promise<AssetRow[]> {
  const found: AssetRow[] = [];
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const some = ids.slice(start, start + idsPerQuery);
    found.push(
      ...(await deps.db
        .select()
        .from(assets)
        .where(and(eq(assets.tenantId, tenantId), alive, inArray(assets.id, some)))),
    );
  }
  return found;
}
const idsPerQuery = 90;

export async function findTwin(deps: Deps, tenantId: string, sha256: string): Promise<AssetRow | null> {
  const [row] = await deps.db
    .select()
    .from(assets)
    .where(and(eq(assets.tenantId, tenantId), eq(assets.sha256, sha256), alive))
    .limit(1);
  return row ?? null;
}

export async function listTenantAssets(
  deps: Deps,
  query: {
    tenantId: string;
    kind: AssetsQuery["kind"];
    after: { createdAtMs: number; id: string } | undefined;
    limit: number;
  },
): Promise<AssetRow[]> {
  const { after, kind } = query;
  return deps.db
    .select()
    .from(assets)
    .where(
      and(
        eq(assets.tenantId, query.tenantId),
        alive,
        kind === undefined ? undefined : eq(assets.kind, kind),
        after === undefined
          ? undefined
          : or(
              lt(assets.createdAtMs, after.createdAtMs),
              and(eq(assets.createdAtMs, after.createdAtMs), lt(assets.id, after.id)),
            ),
      ),
    )
    .orderBy(desc(assets.createdAtMs), desc(assets.id))
    .limit(query.limit);
}

export async function insertUpload(deps: Deps, upload: Upload, nowMs: number): Promise<void> {
  await deps.db.insert(uploads).values({ ...upload, startedAtMs: nowMs });
}

export function deleteUpload(deps: Deps, uploadId: string) {
  return deps.db.delete(uploads).where(eq(uploads.id, uploadId));
}

/** Does nothing when the tenant has an asset of the same bytes. */
export function insertAsset(deps: Deps, row: typeof assets.$inferInsert) {
  return deps.db.insert(assets).values(row).onConflictDoNothing().returning({ id: assets.id });
}

export function markAssetDeleted(deps: Deps, assetId: string, nowMs: number) {
  return deps.db
    .update(assets)
    .set({ deletedAtMs: nowMs })
    .where(and(eq(assets.id, assetId), alive));
}

export async function markAssetPurged(deps: Deps, assetId: string, nowMs: number): Promise<void> {
  await deps.db.update(assets).set({ purgedAtMs: nowMs }).where(eq(assets.id, assetId));
}

export async function findUnpurgedAssets(deps: Deps, deletedBeforeMs: number, limit: number): Promise<AssetRow[]> {
  return deps.db
    .select()
    .from(assets)
    .where(and(isNotNull(assets.deletedAtMs), lt(assets.deletedAtMs, deletedBeforeMs), isNull(assets.purgedAtMs)))
    .limit(limit);
}

/** Uploads begun before `startedBeforeMs`, and whether each has become an asset after all. */
export async function findStaleUploads(
  deps: Deps,
  startedBeforeMs: number,
  limit: number,
): Promise<(Upload & { isAsset: boolean })[]> {
  const rows = await deps.db
    .select({ id: uploads.id, tenantId: uploads.tenantId, assetId: assets.id })
    .from(uploads)
    .leftJoin(assets, eq(assets.id, uploads.id))
    .where(lt(uploads.startedAtMs, startedBeforeMs))
    .limit(limit);
  return rows.map(({ assetId, ...upload }) => ({ ...upload, isAsset: assetId !== null }));
}
