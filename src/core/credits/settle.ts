/** How a hold ends, once: captured for what the video cost, or released. What was not used goes back where it came from. */
import { invariant } from "../fail.ts";
import { quotaMetrics, type Usage } from "../plans/plans.ts";
import type { CaptureRequest } from "./ledger.ts";
import type { Counts } from "./limits.ts";
import { type Posting, postCapture, postRelease } from "./postings.ts";

/** `videos`: how many places of the day it takes. */
export type Held = { credits: number; usage: Usage; videos: number };
type Charged = Pick<Held, "credits" | "usage">;

export type Settlement = {
  status: "captured" | "released";
  /** What the video is charged in the end. */
  credits: number;
  usage: Usage;
  postings: Posting[];
  /** For the day and the month it was counted in: the charged less the held, so never above zero. */
  countChange: Counts;
};

/** Throws when more is captured than was held, of credits or of any quota: the caller promised not to. */
export function settleByCapture(request: CaptureRequest, held: Held): Settlement {
  invariant(request.credits <= held.credits, "a capture takes at most the credits that were held");
  for (const metric of quotaMetrics) {
    invariant(request.usage[metric] <= held.usage[metric], `a capture takes at most the ${metric} that were held`);
  }
  const { credits, usage } = request;
  // The video was made: its place in the day stays taken.
  return settlement("captured", { credits, usage }, held, postCapture(request, held.credits), 0);
}

/** All of it goes back, and the place in the day too. */
export function settleByRelease(request: { holdId: string; reason: string }, held: Held): Settlement {
  const nothing = { credits: 0, usage: { images: 0, speech_seconds: 0, render_seconds: 0 } };
  return settlement("released", nothing, held, postRelease(request, held.credits), 0 - held.videos);
}

function settlement(
  status: Settlement["status"],
  charged: Charged,
  held: Held,
  postings: Posting[],
  videosToday: number,
): Settlement {
  const monthly = quotaMetrics.map((metric) => [metric, charged.usage[metric] - held.usage[metric]] as const);
  return {
    status,
    ...charged,
    postings,
    countChange: { videosToday, monthly: Object.fromEntries(monthly) as Usage },
  };
}
