import type { ImageAnswer, ImagesAnswer, ImagesQuery } from "../../contract/images.ts";
import type { Context, UserContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { fail } from "../fail.ts";
import { imageKey } from "./files.ts";
import { findImage, findTenantImage, listTenantImages } from "./store.ts";
import type { ImageRow } from "./tables.ts";
import { toImageAnswer } from "./to-wire.ts";

/** The image, or `not_found` for one that is not there or is another tenant's. */
export async function requireImage(context: UserContext, imageId: string): Promise<ImageRow> {
  const image = await findTenantImage(context.deps, context.actor.tenantId, imageId);
  return image ?? fail("not_found", "There is no such image in your library.");
}

export async function getImage(context: UserContext, input: { imageId: string; origin: string }): Promise<ImageAnswer> {
  return toImageAnswer(context, input.origin, await requireImage(context, input.imageId));
}

export async function listImages(
  context: UserContext,
  { query, origin }: { query: ImagesQuery; origin: string },
): Promise<ImagesAnswer> {
  const [createdAtMs, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["number", "string"]);
  const rows = await listTenantImages(context.deps, {
    tenantId: context.actor.tenantId,
    after: createdAtMs === undefined ? undefined : { createdAtMs: Number(createdAtMs), id: String(id) },
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    data: await Promise.all(page.map((image) => toImageAnswer(context, origin, image))),
    next_cursor: last === undefined ? null : encodeCursor([last.createdAtMs, last.id]),
  };
}

export type ImageFile = { key: string; contentType: string };

/** Where its file lies, for its owner. Refuses `not_found`. */
export async function findOwnImageFile(context: UserContext, imageId: string): Promise<ImageFile> {
  return fileOf(await requireImage(context, imageId));
}

/** Where its file lies, for whoever holds a signed link to it. Refuses `not_found`. */
export async function findLinkedImageFile(context: Context, imageId: string): Promise<ImageFile> {
  return fileOf((await findImage(context.deps, imageId)) ?? fail("not_found", "There is no such image."));
}

function fileOf(image: ImageRow): ImageFile {
  return { key: imageKey(image), contentType: image.contentType };
}
