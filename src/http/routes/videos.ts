import { Hono, type Context as HonoContext } from "hono";
import { z } from "zod";
import { batchAccepted, createBatchBody } from "../../contract/batches.ts";
import type { ProblemCode } from "../../contract/errors.ts";
import {
  aspectsAccepted,
  type CreateVideoBody,
  createVideoBody,
  makeAspectsBody,
  promoteVideoBody,
  promotionAccepted,
  quoteAnswer,
  retryAccepted,
  videoAccepted,
  videoAnswer,
  videosAnswer,
  videosQuery,
} from "../../contract/videos.ts";
import { cancelVideo } from "../../core/videos/cancel-video.ts";
import { deleteVideo } from "../../core/videos/delete-video.ts";
import { makeAspects } from "../../core/videos/make-aspects.ts";
import { promoteVideo } from "../../core/videos/promote-video.ts";
import { quoteVideo } from "../../core/videos/quote-video.ts";
import { getVideo, listVideos } from "../../core/videos/read-video.ts";
import { retryVideo } from "../../core/videos/retry-video.ts";
import { submitBatch } from "../../core/videos/submit-batch.ts";
import { submitVideo } from "../../core/videos/submit-video.ts";
import { originOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { toSnakeCase } from "../snake-case.ts";
import { validate } from "../validate.ts";

/** What whoever charges for videos may refuse. */
export const chargeRefusals: ProblemCode[] = [
  "validation_failed",
  "account_on_hold",
  "insufficient_credits",
  "quota_exceeded",
  "plan_required",
  "backlog_full",
];

/** POST /api/videos, and the path it also goes by. */
function submitOperation(id: string, summary: string) {
  return operation({
    id,
    summary,
    description:
      "Charges what the video costs at most, and queues it. What it does not cost comes back when it is done; all of it when it fails.",
    tag: "Videos",
    permission: "videos.create",
    isIdempotent: true,
    answers: { 202: { description: "Charged and queued", schema: videoAccepted } },
    refuses: [...chargeRefusals, "unsupported_media_type"],
  });
}

async function submit(c: HonoContext<HttpEnv>, body: CreateVideoBody) {
  const idempotencyKey = c.get("idempotencyKey");
  return c.json(await submitVideo(userContextOf(c), { body, idempotencyKey, origin: originOf(c) }), 202);
}

export const videoRoutes = new Hono<HttpEnv>()
  .post(
    "/videos",
    submitOperation("createVideo", "Make a video"),
    requireJson(),
    validate("json", createVideoBody),
    (c) => submit(c, c.req.valid("json")),
  )
  .post(
    "/generate-video",
    submitOperation("generateVideo", "Make a video, by its other name"),
    requireJson(),
    validate("json", createVideoBody),
    (c) => submit(c, c.req.valid("json")),
  )
  .post(
    "/videos/quote",
    operation({
      id: "quoteVideo",
      summary: "Price a video without making it",
      description: "Takes the body of POST /api/videos. What is wrong with it is told in `errors`; nothing is charged.",
      tag: "Videos",
      permission: "videos.create",
      answers: { 200: { description: "What it would cost at most, or what is wrong", schema: quoteAnswer } },
      refuses: ["unsupported_media_type"],
    }),
    requireJson(),
    validate("json", z.unknown().meta({ description: "The body of POST /api/videos." })),
    async (c) => c.json(await quoteVideo(userContextOf(c), toSnakeCase(c.req.valid("json"))), 200),
  )
  .post(
    "/videos/batch",
    operation({
      id: "createVideoBatch",
      summary: "Make up to 100 videos at once",
      description:
        "Each as in POST /api/videos. All are checked together, with pointers such as /videos/3/lang, and all are charged or none.",
      tag: "Videos",
      permission: "videos.change",
      isIdempotent: true,
      answers: { 202: { description: "All charged and queued", schema: batchAccepted } },
      refuses: [...chargeRefusals, "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", createBatchBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      const body = c.req.valid("json");
      return c.json(await submitBatch(userContextOf(c), { body, idempotencyKey, origin: originOf(c) }), 202);
    },
  )
  .get(
    "/videos",
    operation({
      id: "listVideos",
      summary: "The library, newest first",
      tag: "Videos",
      permission: "videos.list",
      answers: { 200: { description: "A page of videos", schema: videosAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", videosQuery),
    async (c) => c.json(await listVideos(userContextOf(c), { query: c.req.valid("query"), origin: originOf(c) }), 200),
  )
  .get(
    "/videos/:id",
    operation({
      id: "getVideo",
      summary: "One video: how far it is, or what came of it",
      tag: "Videos",
      permission: "videos.read",
      answers: { 200: { description: "The video", schema: videoAnswer } },
      refuses: ["not_found"],
    }),
    existing("video"),
    async (c) => c.json(await getVideo(userContextOf(c), { videoId: c.req.param("id"), origin: originOf(c) }), 200),
  )
  .post(
    "/videos/:id/cancel",
    operation({
      id: "cancelVideo",
      summary: "Stop a video and get its credits back",
      tag: "Videos",
      permission: "videos.change",
      answers: { 200: { description: "The cancelled video", schema: videoAnswer } },
      refuses: ["not_found", "video_finished"],
    }),
    existing("video"),
    async (c) => c.json(await cancelVideo(userContextOf(c), { videoId: c.req.param("id"), origin: originOf(c) }), 200),
  )
  .post(
    "/videos/:id/retry",
    operation({
      id: "retryVideo",
      summary: "Try a failed video again",
      description:
        "A new video of the same request, charged as new: the failed one was given back. What was made before it failed is not made again.",
      tag: "Videos",
      permission: "videos.change",
      isIdempotent: true,
      answers: { 202: { description: "Charged and queued", schema: retryAccepted } },
      refuses: [...chargeRefusals, "not_found", "not_retryable", "draft_being_promoted"],
    }),
    existing("video"),
    async (c) => {
      const { idempotencyKey } = c.var;
      const input = { videoId: c.req.param("id"), idempotencyKey, origin: originOf(c) };
      return c.json(await retryVideo(userContextOf(c), input), 202);
    },
  )
  .post(
    "/videos/:id/promote",
    operation({
      id: "promoteVideo",
      summary: "Make the real video of a draft",
      description: "Charges what it costs, less what the draft has paid.",
      tag: "Videos",
      permission: "videos.change",
      isIdempotent: true,
      answers: { 202: { description: "The difference is charged, and it is queued", schema: promotionAccepted } },
      refuses: [...chargeRefusals, "not_found", "not_a_draft", "draft_being_promoted", "unsupported_media_type"],
    }),
    existing("video"),
    requireJson({ isOptional: true }),
    validate("json", promoteVideoBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      const body = c.req.valid("json");
      const input = { videoId: c.req.param("id"), body, idempotencyKey, origin: originOf(c) };
      return c.json(await promoteVideo(userContextOf(c), input), 202);
    },
  )
  .post(
    "/videos/:id/aspects",
    operation({
      id: "makeAspects",
      summary: "Make a finished video in other shapes",
      description: "Each is a video of its own, charged for its minutes: voice, pictures and extras are paid for.",
      tag: "Videos",
      permission: "videos.change",
      isIdempotent: true,
      answers: { 202: { description: "All charged and queued", schema: aspectsAccepted } },
      refuses: [...chargeRefusals, "not_found", "video_not_ready", "unsupported_media_type"],
    }),
    existing("video"),
    requireJson(),
    validate("json", makeAspectsBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      const body = c.req.valid("json");
      const input = { videoId: c.req.param("id"), body, idempotencyKey, origin: originOf(c) };
      return c.json(await makeAspects(userContextOf(c), input), 202);
    },
  )
  .delete(
    "/videos/:id",
    operation({
      id: "deleteVideo",
      summary: "Delete a video and its files",
      tag: "Videos",
      permission: "videos.change",
      answers: { 204: { description: "Gone" } },
      refuses: ["not_found"],
    }),
    existing("video"),
    async (c) => {
      await deleteVideo(userContextOf(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );
