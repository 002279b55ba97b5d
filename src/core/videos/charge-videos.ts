import type { VideoAccepted } from "../../contract/videos.ts";
import { auditRowOfBatch } from "../audit/audit-row.ts";
import { makeId, type UserContext } from "../context.ts";
import type { HoldResult } from "../credits/ledger.ts";
import { limitWords, type QuotaRefusal } from "../credits/limits.ts";
import { onHoldWords } from "../credits/on-hold-words.ts";
import { errorWords } from "../error-words.ts";
import { fail, invariant, Refusal } from "../fail.ts";
import { planRules } from "../plans/plans.ts";
import { shapeName } from "../renders/render-pace.ts";
import { discountOf } from "./bill.ts";
import { hasLostDiscount } from "./discount.ts";
import { workingTitle } from "./document.ts";
import { insertVideo } from "./insert-video.ts";
import { videoIdOfKey } from "./key-id.ts";
import { videoUrls } from "./links.ts";
import type { Quote } from "./quote-video.ts";
import { findTenantVideo } from "./store.ts";

const backlogRetryAfterSeconds = 60;
const alreadyPromoted =
  "Another request is promoting this draft, and has what it paid taken off. Nothing was charged; promote it again, with a new key, for a second video at its full price.";

type Held = { videoId: string; title: string; quote: Quote; hold: Extract<HoldResult, { ok: true }> };
type Charging = { idempotencyKey: string | null; origin: string; auditAction?: string };

/**
 * Charges for videos and puts them into the render queue: all of them or none. With the same idempotency key the same videos
 * come back and nothing more is charged, whatever died in between: the key decides their ids, and an id is its hold's.
 * Refuses: `account_on_hold`, `quota_exceeded`, `insufficient_credits`, `backlog_full`, `idempotency_key_reused`, `draft_being_promoted`.
 */
export async function chargeVideos(
  context: UserContext,
  quotes: readonly Quote[],
  charging: Charging,
): Promise<VideoAccepted[]> {
  if (await context.deps.backlog.isFull()) {
    fail("backlog_full", "Too many videos are waiting. Nothing was charged; try again in a minute.", {
      retry_after: backlogRetryAfterSeconds,
    });
  }
  const held = await holdAll(context, quotes, charging.idempotencyKey);
  try {
    await writeVideos(context, held, charging.auditAction ?? "video.submit");
  } catch (error) {
    const lost = await Promise.all(held.map((one) => hasLostDiscount(context, one)));
    if (!lost.includes(true)) throw error;
    await giveBack(context, held, "Given back: the draft was promoted by another request");
    fail("draft_being_promoted", alreadyPromoted);
  }
  return Promise.all(held.map((one) => toAccepted(context, charging.origin, one)));
}

/** Charges for one video, as `chargeVideos`. */
export async function chargeVideo(context: UserContext, quote: Quote, charging: Charging): Promise<VideoAccepted> {
  const [accepted] = await chargeVideos(context, [quote], charging);
  invariant(accepted !== undefined, "one video is answered with one");
  return accepted;
}

/** One after the other: the ledger has one storage transaction for each anyway, and the first refusal ends it. */
async function holdAll(context: UserContext, quotes: readonly Quote[], idempotencyKey: string | null): Promise<Held[]> {
  const held: Held[] = [];
  try {
    for (const [index, quote] of quotes.entries()) {
      held.push(
        await holdFor(context, quote, (await videoIdOfKey(context, idempotencyKey, index)) ?? makeId(context, "video")),
      );
    }
    return held;
  } catch (error) {
    // A repeat's hold may have its video already. What is not given back now, the cron finds and gives back.
    const fresh = held.filter(({ hold }) => !hold.isRepeat);
    await giveBack(context, fresh, "Given back: the others could not be charged");
    throw error instanceof HoldRefused ? refusalOf(error.refusal, quotes, fresh) : error;
  }
}

async function giveBack(context: UserContext, held: readonly Held[], reason: string): Promise<void> {
  const ledger = context.deps.ledger(context.actor.tenantId);
  await Promise.allSettled(held.map(({ videoId }) => ledger.release({ holdId: videoId, reason })));
}

type HoldRefusal = Exclude<HoldResult, { ok: true }>;
class HoldRefused extends Error {
  readonly refusal: HoldRefusal;
  constructor(refusal: HoldRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

async function holdFor(context: UserContext, quote: Quote, videoId: string): Promise<Held> {
  const { deps, actor } = context;
  const title = workingTitle(quote.document);
  const hold = await deps.ledger(actor.tenantId).hold({
    id: videoId,
    credits: quote.credits,
    plan: actor.plan,
    description: `Video: ${title}`,
    usage: quote.billing.usage,
  });
  if (!hold.ok) throw new HoldRefused(hold);
  if (hold.isRepeat) await refuseGivenUp(context, videoId);
  return { videoId, title, quote, hold };
}

async function writeVideos(context: UserContext, held: readonly Held[], action: string): Promise<void> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const queue = planRules[actor.plan].hasPriorityQueue ? "priority" : "standard";
  const rows = held.flatMap(({ videoId, title, quote }, index) => [
    insertVideo(deps, {
      id: videoId,
      tenantId: actor.tenantId,
      userId: actor.userId,
      status: "queued",
      title,
      document: quote.document,
      seed: quote.seed ?? videoId,
      derivedFrom: quote.derivation?.videoId ?? null,
      derivedAs: quote.derivation?.as ?? null,
      projectId: quote.projectId,
      billing: quote.billing,
      discountOf: discountOf(quote.billing.basis),
      queue,
      credits: quote.credits,
      ceilingSeconds: quote.ceilingSeconds,
      estimatedRenderSeconds: quote.estimatedRenderSeconds,
      shape: shapeName(quote.document),
      renderSeconds: quote.billing.usage.render_seconds,
      enqueuedAtMs: nowMs,
      // The library sorts by it: those of one request stay in their order.
      createdAtMs: nowMs + index,
    }),
    auditRowOfBatch(context, { action, target: videoId, tenantId: actor.tenantId }),
  ]);
  const [first, ...others] = rows;
  invariant(first !== undefined, "at least one video is charged");
  await deps.db.batch([first, ...others]);
  await Promise.all(
    held.map(async ({ videoId }) => {
      try {
        await deps.renderQueue.send(queue, { type: "render", videoId });
      } catch (error) {
        // The row is the truth and the cron sends it again: a paid video is not refused because a queue hiccuped.
        deps.log.write("warn", "render_queue_send_failed", { videoId, error: errorWords(error) });
      }
    }),
  );
}

/** The numbers of all of them together: it is all of them that were not charged. */
function refusalOf(refusal: HoldRefusal, quotes: readonly Quote[], givenBack: readonly Held[]): Refusal {
  switch (refusal.code) {
    case "insufficient_credits": {
      const needed = quotes.reduce((sum, { credits }) => sum + credits, 0);
      const available = refusal.available + givenBack.reduce((sum, { quote }) => sum + quote.credits, 0);
      return new Refusal(
        "insufficient_credits",
        `This needs ${needed} credits and you have ${available}. Nothing was charged; buy credits or ask for less.`,
        { needed, available },
      );
    }
    case "quota_exceeded": {
      const { metric, limit, resetsAtMs } = refusal;
      const used = refusal.used - givenBack.reduce((sum, one) => sum + usedOf(metric, one), 0);
      return new Refusal("quota_exceeded", limitWords({ metric, used, limit, resetsAtMs }), {
        metric,
        used,
        limit,
        resets_at: new Date(resetsAtMs).toISOString(),
      });
    }
    case "account_on_hold":
      return new Refusal("account_on_hold", onHoldWords(refusal), { owed: refusal.owed });
    case "id_reused":
      return new Refusal(
        "idempotency_key_reused",
        "This Idempotency-Key was used for another request. Nothing was charged; use a new key.",
        {},
      );
  }
}

/** What one of the videos has taken of a limit. */
function usedOf(metric: QuotaRefusal["metric"], { quote }: Held): number {
  return metric === "videos_per_day" ? 1 : quote.billing.usage[metric];
}

/** A repeat whose first try was cut off before its row was written, and has been refunded since. */
async function refuseGivenUp(context: UserContext, videoId: string): Promise<void> {
  const { deps, actor } = context;
  const hold = await deps.ledger(actor.tenantId).findHold(videoId);
  if (hold?.status === "held" || (await findTenantVideo(deps, actor.tenantId, videoId)) !== null) return;
  fail("idempotency_key_reused", "The first request with this key was given up and refunded. Use a new key.");
}

async function toAccepted(context: UserContext, origin: string, held: Held): Promise<VideoAccepted> {
  const { videoId, quote, hold } = held;
  return {
    id: videoId,
    status: "queued",
    credits_used: quote.credits,
    balance: hold.balance,
    daily: { used: hold.daily.used, limit: hold.daily.limit, resets_at: new Date(hold.daily.resetsAtMs).toISOString() },
    urls: await videoUrls(context, origin, videoId),
    warnings: quote.warnings,
  };
}
