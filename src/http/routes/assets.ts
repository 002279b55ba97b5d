import { Hono, type Context as HonoContext } from "hono";
import { assetAnswer, assetsAnswer, assetsQuery, fetchAssetBody } from "../../contract/assets.ts";
import { deleteAsset } from "../../core/assets/delete-asset.ts";
import { fetchAsset } from "../../core/assets/fetch-asset.ts";
import { findLinkedAssetFile, findOwnAssetFile } from "../../core/assets/open-asset.ts";
import { getAsset, listAssets } from "../../core/assets/read-asset.ts";
import { type Uploaded, uploadAsset } from "../../core/assets/upload-asset.ts";
import { contextOf, originOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { isJson } from "../json-body.ts";
import { openFilePart } from "../multipart-file.ts";
import { operation } from "../operation.ts";
import { hasValidLink } from "../signed-link.ts";
import { validate } from "../validate.ts";
import { signedIn } from "./files.ts";
import { respondWithMedia } from "./media-file.ts";

/** What a form may be larger than the file in it. */
const formMaxBytes = 200_000;
const checkFetchBody = validate("json", fetchAssetBody);

export const assetRoutes = new Hono<HttpEnv>()
  .post(
    "/assets",
    operation({
      id: "createAsset",
      summary: "Upload a file, or have it fetched",
      description:
        "An image, a sound or a video clip of at most 100 MB: as the field `file` of a form, as the body itself (with `X-File-Name`, if it has one), or as JSON with the public address it is fetched from. The same bytes again are the same asset and count nothing, so a repeat needs no Idempotency-Key.",
      tag: "Assets",
      permission: "assets.use",
      // 100 MB over a phone take as long as they take.
      timeLimitSeconds: "unlimited",
      takes: { "multipart/form-data": null, "application/octet-stream": null, "application/json": fetchAssetBody },
      answers: {
        200: { description: "These bytes were kept before", schema: assetAnswer },
        201: { description: "Kept", schema: assetAnswer },
      },
      refuses: [
        "malformed_request",
        "validation_failed",
        "payload_too_large",
        "media_refused",
        "media_failed",
        "quota_exceeded",
      ],
    }),
    async (c, next) => {
      if (isJson(c.req.header("Content-Type"))) return next();
      return answer(c, await upload(c));
    },
    checkFetchBody,
    async (c) => answer(c, await fetchAsset(userContextOf(c), { body: c.req.valid("json"), origin: originOf(c) })),
  )
  .get(
    "/assets",
    operation({
      id: "listAssets",
      summary: "Your files, newest first",
      tag: "Assets",
      permission: "assets.use",
      answers: { 200: { description: "A page of files", schema: assetsAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", assetsQuery),
    async (c) => c.json(await listAssets(userContextOf(c), { query: c.req.valid("query"), origin: originOf(c) }), 200),
  )
  .get(
    "/assets/:id",
    operation({
      id: "getAsset",
      summary: "One file, and what it is",
      tag: "Assets",
      permission: "assets.use",
      answers: { 200: { description: "The file's facts", schema: assetAnswer } },
      refuses: ["not_found"],
    }),
    existing("asset"),
    async (c) => c.json(await getAsset(userContextOf(c), { assetId: c.req.param("id"), origin: originOf(c) }), 200),
  )
  .delete(
    "/assets/:id",
    operation({
      id: "deleteAsset",
      summary: "Delete a file",
      tag: "Assets",
      permission: "assets.use",
      answers: { 204: { description: "Gone, and its bytes given back" } },
      refuses: ["not_found", "asset_in_use"],
    }),
    existing("asset"),
    async (c) => {
      await deleteAsset(userContextOf(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );

for (const file of ["file", "thumbnail"] as const) {
  assetRoutes.get(
    `/assets/:id/${file}`,
    operation({
      id: file === "file" ? "getAssetFile" : "getAssetThumbnail",
      summary: file === "file" ? "The file itself" : "A small picture of it",
      description: "With credentials, or with the signature in the link. Ranges and conditions are honoured.",
      tag: "Assets",
      permission: "assets.use",
      opensByLink: true,
      isRateLimited: false,
      answers: {
        200: { description: "The file", contentType: file === "file" ? "*/*" : "image/jpeg" },
        206: { description: "The range asked for", contentType: file === "file" ? "*/*" : "image/jpeg" },
      },
      refuses: ["unauthenticated", "not_found", "range_not_satisfiable"],
    }),
    existing("asset"),
    async (c) => {
      const wanted = { assetId: c.req.param("id"), file };
      const found = (await hasValidLink(c))
        ? await findLinkedAssetFile(contextOf(c), wanted)
        : await findOwnAssetFile(signedIn(c), wanted);
      return respondWithMedia(c, found);
    },
  );
}

async function upload(c: HonoContext<HttpEnv>): Promise<Uploaded> {
  const contentType = c.req.header("Content-Type") ?? "";
  const length = c.req.header("Content-Length");
  const size = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
  const body = c.req.raw.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
  const origin = originOf(c);
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    return uploadAsset(userContextOf(c), { body, declaredSize: size, name: fileName(c), origin });
  }
  const part = await openFilePart(body, contentType);
  const declaredSize = size === null ? null : Math.max(0, size - formMaxBytes);
  return uploadAsset(userContextOf(c), { ...part, declaredSize, origin });
}

/** Headers are ASCII: a name beyond it comes percent-encoded. */
function fileName(c: HonoContext<HttpEnv>): string | null {
  const header = c.req.header("X-File-Name");
  if (header === undefined) return null;
  return new URLSearchParams(`name=${header.replaceAll("&", "%26").replaceAll("+", "%2B")}`).get("name");
}

function answer(c: HonoContext<HttpEnv>, { asset, isNew }: Uploaded): Response {
  return c.json(asset, isNew ? 201 : 200);
}
