/** The render of a video belongs to one consumer at a time: it claims a lease, renews it by telling how far it is, and ends it. */

import type { Offer, RenderRequest } from "../../contract/container-protocol.ts";
import { type ActiveStage, isTerminal, type RenderEvent, type RenderFailure } from "../../contract/render-events.ts";
import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { errorWords } from "../error-words.ts";
import { advanceVideo, claimVideo, findVideo, unclaimVideo } from "./store.ts";
import type { VideoRow } from "./tables.ts";
import { toProgress } from "./to-wire.ts";

/** A consumer that has not been heard of for this long is dead; heartbeats come every few seconds. */
export const leaseMs = 25_000;
/** How often the row is written while nothing but the percentage changes. */
export const heartbeatMs = 5_000;
/** Tries of one video before it is given up and refunded. */
export const attemptsMax = 3;

/** What a video is told that was begun too often and never finished. */
export const interrupted: RenderFailure = {
  code: "render_interrupted",
  detail: "The render was interrupted too often. You were not charged; try again.",
  isRetryable: true,
};

export type Lease = { video: VideoRow; leaseId: string; request: RenderRequest };

/** null: the video has ended, is somebody else's, or is not there. */
export async function claimRender(context: Context, videoId: string): Promise<Lease | null> {
  const leaseId = makeLeaseId(context);
  const nowMs = context.deps.clock.now();
  const video = await claimVideo(context.deps, { videoId, leaseId, nowMs, leaseMs });
  if (video === null) return null;
  return { video, leaseId, request: requestFor(context.deps, video) };
}

export function makeLeaseId(context: Context): string {
  return Array.from(context.deps.randomness.bytes(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A video that is still to be made, and what its renderer is asked, for one who makes a part of it; null: it has ended. */
export async function readUnfinished(
  context: Context,
  videoId: string,
): Promise<{ video: VideoRow; request: RenderRequest } | null> {
  const video = await findVideo(context.deps, videoId);
  if (video === null || isTerminal(video.status)) return null;
  return { video, request: requestFor(context.deps, video) };
}

function requestFor(deps: Deps, { id, document, seed }: VideoRow): RenderRequest {
  const { models } = deps;
  const offers: Offer[] = ["artefact"];
  if (document.source.kind === "prompt" && models.hasScripts) offers.push("script");
  if (document.voice.isPremium && models.hasVoice(document.language)) offers.push("voice");
  if (document.isEnhanced && models.hasPictures) offers.push("picture");
  // Videos from before there were seeds have none.
  return { document, seed: seed === "" ? id : seed, offers };
}

/** Tells everybody who watches; the room is a cache, so its trouble is nobody's. */
export async function publishProgress(
  context: Context,
  video: VideoRow,
  stage: ActiveStage,
  percent: number,
): Promise<void> {
  const data = toProgress({ ...video, status: stage, progress: Math.floor(percent) }, null, context.deps.clock.now());
  await publish(context, video.id, data);
}

export async function publishRow(context: Context, video: VideoRow): Promise<void> {
  await publish(context, video.id, toProgress(video, null, context.deps.clock.now()));
}

async function publish(context: Context, videoId: string, data: ReturnType<typeof toProgress>): Promise<void> {
  try {
    await context.deps.room(videoId).publish({ sequence: 0, data });
  } catch (error) {
    context.deps.log.write("warn", "room_publish_failed", { videoId, error: errorWords(error) });
  }
}

/** Renews the lease and writes how far the render is; false: it is ours no longer, so stop. */
export async function renewLease(
  context: Context,
  lease: Lease,
  stage: ActiveStage,
  percent: number,
): Promise<boolean> {
  return advanceVideo(context.deps, identity(lease), {
    status: stage,
    progress: Math.floor(percent),
    leaseUntilMs: context.deps.clock.now() + leaseMs,
  });
}

/** Renews the lease alone, whatever the render is waiting for; false: it is ours no longer. */
export async function extendLease(context: Context, lease: Lease): Promise<boolean> {
  return advanceVideo(context.deps, identity(lease), { leaseUntilMs: context.deps.clock.now() + leaseMs });
}

/** Writes down the title and the scenes as soon as the script is there; a title the caller gave stays. */
export async function recordScript(
  context: Context,
  lease: Lease,
  script: Extract<RenderEvent, { type: "script" }>,
): Promise<boolean> {
  return advanceVideo(context.deps, identity(lease), {
    ...(lease.video.document.title === undefined ? { title: script.title } : {}),
    scenes: script.scenes,
    leaseUntilMs: context.deps.clock.now() + leaseMs,
  });
}

/** Gives the render back to the queue; the caller sends the message. false: it was ours no longer. */
export async function returnRender(context: Context, lease: Lease, isAttemptSpent: boolean): Promise<boolean> {
  return unclaimVideo(context.deps, identity(lease), { nowMs: context.deps.clock.now(), isAttemptSpent });
}

function identity(lease: Lease) {
  return { videoId: lease.video.id, leaseId: lease.leaseId };
}
