import { type FieldError, toFieldErrors } from "../../contract/errors.ts";
import type { VideoDocument } from "../../contract/video.ts";
import { type CreateVideoBody, createVideoBody, type Derivation, type QuoteAnswer } from "../../contract/videos.ts";
import { requireAssets } from "../assets/require-assets.ts";
import type { UserContext } from "../context.ts";
import { type Price, priceOnPlan } from "../credits/pricing.ts";
import { fail, Refusal } from "../fail.ts";
import { planRules } from "../plans/plans.ts";
import { requireProjectId } from "../projects/require-project.ts";
import { type Billing, type BillingBasis, extrasOf, priceOf, usageOf } from "./bill.ts";
import { findImpossible, findLongRecordings, namedAssets } from "./check-document.ts";
import { toDocument, warningsFor } from "./document.ts";
import { estimateRenderSeconds, type KnownSeconds, sceneCeilings, wholeSeconds } from "./estimate.ts";
import { basisOfRevision } from "./revise.ts";
import { findTenantVideo } from "./store.ts";
import type { VideoRow } from "./tables.ts";

/** A video that may be made: what it is, whom it comes from, and what it costs at most. */
export type Quote = Price & {
  document: VideoDocument;
  /** null: the video's own id. */
  seed: string | null;
  derivation: { videoId: string; as: Derivation } | null;
  projectId: string | null;
  billing: Billing;
  ceilingSeconds: number;
  estimatedRenderSeconds: number;
  warnings: FieldError[];
};

type Origin = Pick<Quote, "seed" | "derivation" | "projectId"> & { basis: BillingBasis };

/** The price of a request. Refuses `validation_failed` with every pointer, and `plan_required`. */
export async function quoteRequest(context: UserContext, body: CreateVideoBody): Promise<Quote> {
  const document = toDocument(body);
  await requireProjectId(context, body.project_id);
  const projectId = body.project_id ?? null;
  if (body.revises === undefined) {
    return quoteDocument(context, document, { seed: null, derivation: null, projectId, basis: { kind: "full" } });
  }
  const before = await requireRevisable(context, body.revises);
  return quoteDocument(context, document, {
    seed: before.seed,
    derivation: { videoId: before.id, as: "revision" },
    projectId: projectId ?? before.projectId,
    basis: basisOfRevision(before, document),
  });
}

/** The price of a document, charged by `origin.basis`. Refuses as `quoteRequest`. */
export async function quoteDocument(context: UserContext, document: VideoDocument, origin: Origin): Promise<Quote> {
  const { deps, actor } = context;
  requirePlan(document, context);
  const assets = await requireAssets(context, namedAssets(document));
  const known: KnownSeconds = new Map(
    Array.from(assets, ([id, asset]) => [id, asset.durationSeconds] as const).filter(hasLength),
  );
  const ceilings = sceneCeilings(document, known);
  const ceilingSeconds = wholeSeconds(ceilings);
  refuseAny([...findImpossible(document, deps.models, ceilingSeconds), ...findLongRecordings(document, known)]);
  const { basis, ...rest } = origin;
  const price = priceOf(document, basis, {
    sceneSeconds: ceilings,
    totalSeconds: ceilingSeconds,
    extras: extrasOf(document),
  });
  const usage = usageOf(document, basis, ceilings);
  return {
    ...rest,
    ...priceOnPlan(price, actor.plan),
    document,
    billing: { basis, usage },
    ceilingSeconds,
    estimatedRenderSeconds: estimateRenderSeconds(document, usage.render_seconds),
    warnings: warningsFor(document),
  };
}

function hasLength(entry: readonly [string, number | null]): entry is [string, number] {
  return entry[1] !== null;
}

function requirePlan({ resolution, isDraft }: VideoDocument, { actor }: UserContext): void {
  if (resolution !== "4k" || isDraft || planRules[actor.plan].has4k) return;
  fail("plan_required", "4K comes with the pro plan. Nothing was charged; choose 1080p or change your plan.", {
    plan: "pro",
  });
}

function refuseAny(errors: FieldError[]): void {
  const [first] = errors;
  if (first === undefined) return;
  fail("validation_failed", `«${first.pointer}»: ${first.detail}. Nothing was charged.`, { errors });
}

async function requireRevisable(context: UserContext, videoId: string): Promise<VideoRow> {
  const video = await findTenantVideo(context.deps, context.actor.tenantId, videoId);
  if (video?.status === "succeeded") return video;
  const detail = video === null ? "is not a video of yours" : "is not finished; only a finished video can be revised";
  return fail("validation_failed", `«/revises»: ${detail}. Nothing was charged.`, {
    errors: [{ pointer: "/revises", detail, code: video === null ? "not_found" : "not_available" }],
  });
}

/** Checks and prices any body without charging: what is wrong with it is told in the answer, not refused. */
export async function quoteVideo(context: UserContext, body: unknown): Promise<QuoteAnswer> {
  const parsed = createVideoBody.safeParse(body);
  if (!parsed.success) return invalidQuote(toFieldErrors(parsed.error));
  try {
    const quote = await quoteRequest(context, parsed.data);
    return {
      valid: true,
      credits: quote.credits,
      breakdown: quote.breakdown,
      estimated_seconds: quote.estimatedRenderSeconds,
      estimated_duration: quote.ceilingSeconds,
      errors: [],
      warnings: quote.warnings,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return invalidQuote(
      fieldErrorsOf(error) ?? [{ pointer: "/resolution", detail: error.detail, code: "not_available" }],
    );
  }
}

/** What a refused request is told field by field; null: it was refused for another reason. */
export function fieldErrorsOf(refusal: Refusal): FieldError[] | null {
  return refusal.code === "validation_failed" ? (refusal.data.errors as FieldError[]) : null;
}

function invalidQuote(errors: FieldError[]): QuoteAnswer {
  return {
    valid: false,
    credits: null,
    breakdown: [],
    estimated_seconds: null,
    estimated_duration: null,
    errors,
    warnings: [],
  };
}
