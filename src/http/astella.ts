/** Astella's root paths, kept exactly: its code does not change (product.md). Each is a thin skin over the same verbs. */
import { Hono } from "hono";
import type { SessionAnswer } from "../contract/accounts.ts";
import {
  type AstellaSession,
  astellaLoginBody,
  astellaSession,
  generatedVideo,
  generateVideoBody,
  registerBody,
  userInfo,
} from "../contract/astella.ts";
import { createVideoBody } from "../contract/videos.ts";
import { getUserInfo } from "../core/accounts/get-user-info.ts";
import { logIn } from "../core/accounts/sessions/log-in.ts";
import { signUp } from "../core/accounts/sign-up.ts";
import { fail } from "../core/fail.ts";
import { awaitVideo } from "../core/videos/await-video.ts";
import { watchPath } from "../core/videos/files.ts";
import { signedLink } from "../core/videos/links.ts";
import { findLinkedFile } from "../core/videos/open-file.ts";
import { submitVideo } from "../core/videos/submit-video.ts";
import { askedFrom } from "./asked-from.ts";
import { contextOf, originOf, userContextOf } from "./context.ts";
import type { HttpEnv } from "./http-env.ts";
import { requireJson } from "./json-body.ts";
import { operation } from "./operation.ts";
import { respondWithFile } from "./routes/files.ts";
import { hasValidLink } from "./signed-link.ts";
import { validate } from "./validate.ts";

/** api.md: waits up to 55 s. */
const waitMs = 55_000;
/** Astella keeps the path in its own pages, so it has to work for longer than an afternoon. */
const watchLinkMs = 30 * 86_400_000;
const watchRetrySeconds = 3;

export const astellaRoutes = new Hono<HttpEnv>()
  .post(
    "/register",
    operation({
      id: "astellaRegister",
      summary: "Make an account",
      tag: "Astella",
      permission: null,
      rate: "sign_up",
      answers: { 201: { description: "The account, and a token", schema: astellaSession } },
      refuses: ["validation_failed", "email_taken", "phone_taken", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", registerBody),
    async (c) => {
      const userAgent = c.req.header("User-Agent") ?? null;
      const { answer } = await signUp(contextOf(c), {
        ...c.req.valid("json"),
        userAgent,
        from: askedFrom(c, undefined),
      });
      return c.json(toAstella(answer), 201);
    },
  )
  .post(
    "/login",
    operation({
      id: "astellaLogin",
      summary: "Sign in",
      tag: "Astella",
      permission: null,
      rate: "sign_in",
      answers: { 200: { description: "A token", schema: astellaSession } },
      refuses: ["validation_failed", "invalid_credentials", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", astellaLoginBody),
    async (c) => {
      const userAgent = c.req.header("User-Agent") ?? null;
      const { answer } = await logIn(contextOf(c), { ...c.req.valid("json"), userAgent });
      return c.json(toAstella(answer), 200);
    },
  )
  .get(
    "/user/info",
    operation({
      id: "astellaUserInfo",
      summary: "The user and what they have left",
      tag: "Astella",
      permission: "profile.read",
      answers: { 200: { description: "The user", schema: userInfo } },
    }),
    async (c) => c.json(await getUserInfo(userContextOf(c)), 200),
  )
  .post(
    "/generate-video",
    operation({
      id: "astellaGenerateVideo",
      summary: "Make a video and wait for it",
      description:
        "Waits up to 55 seconds. After that it answers 202 with the same path, which answers 202 until the file is there.",
      tag: "Astella",
      permission: "videos.create",
      // Waits for 55 s by itself.
      timeLimitSeconds: 60,
      isIdempotent: true,
      answers: {
        200: { description: "The video is done", schema: generatedVideo },
        202: { description: "It is still being made", schema: generatedVideo },
      },
      refuses: [
        "validation_failed",
        "account_on_hold",
        "insufficient_credits",
        "quota_exceeded",
        "backlog_full",
        "unsupported_media_type",
        "encode_failed",
        "picture_timeout",
        "render_timeout",
        "disk_full",
        "video_gone",
      ],
    }),
    requireJson(),
    validate("json", generateVideoBody),
    async (c) => {
      const context = userContextOf(c);
      const body = createVideoBody.parse(c.req.valid("json"));
      const origin = originOf(c);
      const accepted = await submitVideo(context, { body, idempotencyKey: c.var.idempotencyKey, origin });
      const video = await awaitVideo(context, accepted.id, waitMs);
      if (video.status === "failed" && video.error !== null) fail(video.error.code, video.error.detail);
      if (video.status === "cancelled") fail("video_gone", "The video was cancelled and given back.");
      const { balance } = await context.deps.ledger(context.actor.tenantId).readBalance();
      const isDone = video.status === "succeeded";
      return c.json(
        {
          status: isDone ? ("success" as const) : ("processing" as const),
          video_id: video.id,
          video_path: await signedLink(context, origin, watchPath(video.id), context.deps.clock.now() + watchLinkMs),
          credits_remaining: balance,
        },
        isDone ? 200 : 202,
      );
    },
  )
  .get(
    "/watch/:file{vid_[0-9a-z]{26}\\.mp4}",
    operation({
      id: "watchVideo",
      summary: "The file behind a `video_path`",
      description: "Plays in a <video> tag by itself. Until the file is there it answers 202 with Retry-After.",
      tag: "Astella",
      permission: "videos.read",
      opensByLink: true,
      isRateLimited: false,
      answers: {
        200: { description: "The video", contentType: "video/mp4" },
        202: { description: "Still being made" },
        206: { description: "The range asked for", contentType: "video/mp4" },
      },
      refuses: ["unauthenticated", "not_found", "video_gone", "range_not_satisfiable"],
    }),
    async (c) => {
      if (!(await hasValidLink(c))) fail("unauthenticated", "This link has expired or is not whole.");
      const key = await findLinkedFile(contextOf(c), c.req.param("file").slice(0, -".mp4".length), "file");
      return key === null ? c.body(null, 202, { "Retry-After": String(watchRetrySeconds) }) : respondWithFile(c, key);
    },
  );

function toAstella(session: SessionAnswer): AstellaSession {
  return {
    user_id: session.user.id,
    email: session.user.email,
    credits_remaining: session.credits.balance,
    subscription_type: session.plan,
    access_token: session.access_token,
  };
}
