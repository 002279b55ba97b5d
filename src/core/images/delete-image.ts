import { auditRow } from "../audit/audit-row.ts";
import type { Context, UserContext } from "../context.ts";
import { imagePrefix } from "./files.ts";
import { requireImage } from "./read-image.ts";
import { markImageDeleted, markImagePurged } from "./store.ts";
import type { ImageRow } from "./tables.ts";

/** Takes an image away with its file; it was made, so it stays paid. Refuses `not_found`. */
export async function deleteImage(context: UserContext, imageId: string): Promise<void> {
  const { deps, actor } = context;
  const image = await requireImage(context, imageId);
  await deps.db.batch([
    markImageDeleted(deps, imageId, deps.clock.now()),
    auditRow(context, { action: "image.delete", target: imageId, tenantId: actor.tenantId }),
  ]);
  await purgeImage(context, image);
}

export async function purgeImage(context: Context, image: Pick<ImageRow, "id" | "tenantId">): Promise<void> {
  await context.deps.files.deleteAll(imagePrefix(image));
  await markImagePurged(context.deps, image.id, context.deps.clock.now());
}
