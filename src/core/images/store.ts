import { and, asc, desc, eq, isNotNull, isNull, like, lt, or, sql } from "drizzle-orm";
import { idPrefixes } from "../../contract/ids.ts";
import { creditTransactions } from "../credits/tables.ts";
import type { Deps } from "../deps.ts";
import { type ImageRow, images } from "./tables.ts";

const alive = isNull(images.deletedAtMs);

export async function findImage(deps: Deps, imageId: string): Promise<ImageRow | null> {
  const [row] = await deps.db
    .select()
    .from(images)
    .where(and(eq(images.id, imageId), alive))
    .limit(1);
  return row ?? null;
}

export async function findTenantImage(deps: Deps, tenantId: string, imageId: string): Promise<ImageRow | null> {
  const image = await findImage(deps, imageId);
  return image?.tenantId === tenantId ? image : null;
}

export async function listTenantImages(
  deps: Deps,
  query: { tenantId: string; after: { createdAtMs: number; id: string } | undefined; limit: number },
): Promise<ImageRow[]> {
  const { after } = query;
  return deps.db
    .select()
    .from(images)
    .where(
      and(
        eq(images.tenantId, query.tenantId),
        alive,
        after === undefined
          ? undefined
          : or(
              lt(images.createdAtMs, after.createdAtMs),
              and(eq(images.createdAtMs, after.createdAtMs), lt(images.id, after.id)),
            ),
      ),
    )
    .orderBy(desc(images.createdAtMs), desc(images.id))
    .limit(query.limit);
}

/** Does nothing when the id is there already: the same request, repeated. */
export function insertImage(deps: Deps, row: typeof images.$inferInsert) {
  return deps.db.insert(images).values(row).onConflictDoNothing();
}

export async function markImageSettled(deps: Deps, imageId: string, credits: number, nowMs: number): Promise<void> {
  await deps.db.update(images).set({ credits, settledAtMs: nowMs }).where(eq(images.id, imageId));
}

export function markImageDeleted(deps: Deps, imageId: string, nowMs: number) {
  return deps.db
    .update(images)
    .set({ deletedAtMs: nowMs })
    .where(and(eq(images.id, imageId), alive));
}

export async function markImagePurged(deps: Deps, imageId: string, nowMs: number): Promise<void> {
  await deps.db.update(images).set({ purgedAtMs: nowMs }).where(eq(images.id, imageId));
}

export async function findUnsettledImages(deps: Deps, madeBeforeMs: number, limit: number): Promise<ImageRow[]> {
  return deps.db
    .select()
    .from(images)
    .where(and(isNull(images.settledAtMs), lt(images.createdAtMs, madeBeforeMs)))
    .limit(limit);
}

export async function findUnpurgedImages(deps: Deps, deletedBeforeMs: number, limit: number): Promise<ImageRow[]> {
  return deps.db
    .select()
    .from(images)
    .where(and(isNotNull(images.deletedAtMs), lt(images.deletedAtMs, deletedBeforeMs), isNull(images.purgedAtMs)))
    .limit(limit);
}

/** Charges between the two moments whose image was never written down: the request was cut off in between. */
export async function findOrphanImageCharges(
  deps: Deps,
  window: { fromMs: number; toMs: number; limit: number },
): Promise<{ tenantId: string; id: string }[]> {
  const { tenantId, type, amount, createdAtMs, videoId: chargedFor } = creditTransactions;
  const rows = await deps.db
    .select({ tenantId, id: chargedFor })
    .from(creditTransactions)
    .leftJoin(images, eq(images.id, chargedFor))
    .where(
      and(
        eq(type, "usage"),
        sql`${createdAtMs} between ${window.fromMs} and ${window.toMs}`,
        like(chargedFor, `${idPrefixes.image}%`),
        isNull(images.id),
        sql`not exists (select 1 from credit_transactions as back where back.video_id = ${chargedFor} and back.type = 'refund')`,
      ),
    )
    // One that cost nothing has no refund to be known by, and is found again: it must not keep the others from it.
    .orderBy(asc(amount), desc(createdAtMs))
    .limit(window.limit);
  return rows.flatMap((row) => (row.id === null ? [] : [{ tenantId: row.tenantId, id: row.id }]));
}
