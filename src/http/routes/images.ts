import { Hono, type Context as HonoContext } from "hono";
import {
  type CreateImageBody,
  createImageBody,
  imageAnswer,
  imageCredits,
  imageMade,
  imagesAnswer,
  imagesQuery,
} from "../../contract/images.ts";
import { createImage } from "../../core/images/create-image.ts";
import { deleteImage } from "../../core/images/delete-image.ts";
import { findLinkedImageFile, findOwnImageFile, getImage, listImages } from "../../core/images/read-image.ts";
import { contextOf, originOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { hasValidLink } from "../signed-link.ts";
import { validate } from "../validate.ts";
import { signedIn } from "./files.ts";
import { respondWithMedia } from "./media-file.ts";

/** POST /api/images, and the path it also goes by. */
function createOperation(id: string, summary: string) {
  return operation({
    id,
    summary,
    description: `Costs ${imageCredits} credits, which come back when it cannot be made.`,
    tag: "Images",
    permission: "images.use",
    // A model has a minute to paint; then the renderer draws.
    timeLimitSeconds: 120,
    isIdempotent: true,
    answers: { 201: { description: "The image", schema: imageMade } },
    refuses: [
      "validation_failed",
      "account_on_hold",
      "insufficient_credits",
      "quota_exceeded",
      "picture_failed",
      "unsupported_media_type",
    ],
  });
}

async function create(c: HonoContext<HttpEnv>, body: CreateImageBody) {
  const { idempotencyKey } = c.var;
  return c.json(await createImage(userContextOf(c), { body, idempotencyKey, origin: originOf(c) }), 201);
}

export const imageRoutes = new Hono<HttpEnv>()
  .post(
    "/images",
    createOperation("createImage", "Make an image"),
    requireJson(),
    validate("json", createImageBody),
    (c) => create(c, c.req.valid("json")),
  )
  .post(
    "/generate-image",
    createOperation("generateImage", "Make an image, by its other name"),
    requireJson(),
    validate("json", createImageBody),
    (c) => create(c, c.req.valid("json")),
  )
  .get(
    "/images",
    operation({
      id: "listImages",
      summary: "Your images, newest first",
      tag: "Images",
      permission: "images.use",
      answers: { 200: { description: "A page of images", schema: imagesAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", imagesQuery),
    async (c) => c.json(await listImages(userContextOf(c), { query: c.req.valid("query"), origin: originOf(c) }), 200),
  )
  .get(
    "/images/:id",
    operation({
      id: "getImage",
      summary: "One image",
      tag: "Images",
      permission: "images.use",
      answers: { 200: { description: "The image", schema: imageAnswer } },
      refuses: ["not_found"],
    }),
    existing("image"),
    async (c) => c.json(await getImage(userContextOf(c), { imageId: c.req.param("id"), origin: originOf(c) }), 200),
  )
  .get(
    "/images/:id/file",
    operation({
      id: "getImageFile",
      summary: "The image itself",
      description: "With credentials, or with the signature in the link. Ranges and conditions are honoured.",
      tag: "Images",
      permission: "images.use",
      opensByLink: true,
      isRateLimited: false,
      answers: {
        200: { description: "The image", contentType: "image/*" },
        206: { description: "The range asked for", contentType: "image/*" },
      },
      refuses: ["unauthenticated", "not_found", "range_not_satisfiable"],
    }),
    existing("image"),
    async (c) => {
      const imageId = c.req.param("id");
      const found = (await hasValidLink(c))
        ? await findLinkedImageFile(contextOf(c), imageId)
        : await findOwnImageFile(signedIn(c), imageId);
      return respondWithMedia(c, found);
    },
  )
  .delete(
    "/images/:id",
    operation({
      id: "deleteImage",
      summary: "Delete an image and its file",
      description: "It was made, so it stays paid.",
      tag: "Images",
      permission: "images.use",
      answers: { 204: { description: "Gone" } },
      refuses: ["not_found"],
    }),
    existing("image"),
    async (c) => {
      await deleteImage(userContextOf(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );
