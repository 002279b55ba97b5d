import type { CreateVideoBody, VideoAccepted } from "../../contract/videos.ts";
import { auditRow } from "../audit/audit-row.ts";
import { makeId, type UserContext } from "../context.ts";
import type { HoldResult } from "../credits/ledger.ts";
import { fail } from "../fail.ts";
import { idFromDigest } from "../ids.ts";
import { planRules } from "../plans/plans.ts";
import { workingTitle } from "./document.ts";
import { linkExpiry, signedLink } from "./links.ts";
import { type Quote, quoteFor } from "./quote-video.ts";
import { findTenantVideo, insertVideo } from "./store.ts";

const backlogRetryAfterSeconds = 60;

export type SubmitInput = { body: CreateVideoBody; idempotencyKey: string | null; origin: string };

/**
 * Charges for a video and puts it into the render queue. With the same idempotency key the same video comes back and
 * nothing more is charged, whatever died in between: the key decides the video's id, and the id is the hold's.
 * Refuses: `plan_required`, `quota_exceeded`, `insufficient_credits`, `backlog_full`, `idempotency_key_reused`.
 */
export async function submitVideo(context: UserContext, input: SubmitInput): Promise<VideoAccepted> {
  const { deps, actor } = context;
  const quote = quoteFor(input.body, actor.plan);
  if (await deps.backlog.isFull()) {
    fail("backlog_full", "Too many videos are waiting. Nothing was charged; try again in a minute.", {
      retry_after: backlogRetryAfterSeconds,
    });
  }
  const videoId = await chooseId(context, input.idempotencyKey);
  const title = workingTitle(quote.document);
  const held = await deps.ledger(actor.tenantId).hold({
    id: videoId,
    credits: quote.credits,
    plan: actor.plan,
    description: `Video: ${title}`,
    usage: quote.usage,
  });
  if (!held.ok) refuseHold(held);
  if (held.isRepeat) await refuseGivenUp(context, videoId);

  await writeVideo(context, videoId, title, quote);
  return {
    id: videoId,
    status: "queued",
    credits_used: quote.credits,
    balance: held.balance,
    daily: {
      used: held.daily.used,
      limit: held.daily.limit,
      resets_at: new Date(held.daily.resetsAtMs).toISOString(),
    },
    urls: await videoUrls(context, input.origin, videoId),
    warnings: quote.warnings,
  };
}

async function writeVideo(context: UserContext, videoId: string, title: string, quote: Quote): Promise<void> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const queue = planRules[actor.plan].hasPriorityQueue ? "priority" : "standard";
  await deps.db.batch([
    insertVideo(deps, {
      id: videoId,
      tenantId: actor.tenantId,
      userId: actor.userId,
      status: "queued",
      title,
      document: quote.document,
      queue,
      credits: quote.credits,
      ceilingSeconds: quote.ceilingSeconds,
      estimatedRenderSeconds: quote.estimatedRenderSeconds,
      enqueuedAtMs: nowMs,
      createdAtMs: nowMs,
    }),
    auditRow(context, { action: "video.submit", target: videoId, tenantId: actor.tenantId }),
  ]);
  try {
    await deps.renderQueue.send(queue, { type: "render", videoId });
  } catch (error) {
    // The row is the truth and the cron sends it again: a paid video is not refused because a queue hiccuped.
    deps.log.write("warn", "render_queue_send_failed", { videoId, error: String(error) });
  }
}

async function chooseId(context: UserContext, idempotencyKey: string | null): Promise<string> {
  if (idempotencyKey === null) return makeId(context, "video");
  return idFromDigest("video", await context.deps.digests.sha256(`video:${context.actor.userId}:${idempotencyKey}`));
}

function refuseHold(refusal: Exclude<HoldResult, { ok: true }>): never {
  switch (refusal.code) {
    case "insufficient_credits":
      fail(
        "insufficient_credits",
        `This video needs ${refusal.needed} credits and you have ${refusal.available}. Nothing was charged; buy credits or ask for a shorter video.`,
        { needed: refusal.needed, available: refusal.available },
      );
      break;
    case "quota_exceeded": {
      const resetsAt = new Date(refusal.resetsAtMs).toISOString();
      fail(
        "quota_exceeded",
        `Your plan's limit of ${refusal.limit} for ${refusal.metric.replaceAll("_", " ")} is reached. Nothing was charged; it resets at ${resetsAt}.`,
        { metric: refusal.metric, used: refusal.used, limit: refusal.limit, resets_at: resetsAt },
      );
      break;
    }
    case "id_reused":
      fail(
        "idempotency_key_reused",
        "This Idempotency-Key was used for another request. Nothing was charged; use a new key.",
      );
  }
}

/** A repeat whose first try was cut off before its row was written, and has been refunded since. */
async function refuseGivenUp(context: UserContext, videoId: string): Promise<void> {
  const { deps, actor } = context;
  const hold = await deps.ledger(actor.tenantId).findHold(videoId);
  if (hold?.status === "held" || (await findTenantVideo(deps, actor.tenantId, videoId)) !== null) return;
  fail("idempotency_key_reused", "The first request with this key was given up and refunded. Use a new key.");
}

export async function videoUrls(context: UserContext, origin: string, videoId: string): Promise<VideoAccepted["urls"]> {
  const self = `/api/videos/${videoId}`;
  const expiresAtMs = linkExpiry(context);
  const [events, socket] = await Promise.all([
    signedLink(context, origin, `${self}/events`, expiresAtMs),
    signedLink(context, origin.replace(/^http/, "ws"), `${self}/socket`, expiresAtMs),
  ]);
  return { self: `${origin}${self}`, events, socket, cancel: `${origin}${self}/cancel` };
}
