import type { RenderEvent, RenderFailure, RenderOutput } from "../contract/render-events.ts";
import type { Context } from "../core/context.ts";
import { OutsideError, type QueueName, RendererBusy, StorageFailed } from "../core/deps.ts";
import { errorWords } from "../core/error-words.ts";
import { completeRender, dropStrayFiles, failRender, isEnded } from "../core/videos/end-render.ts";
import { fileKey } from "../core/videos/files.ts";
import {
  attemptsMax,
  claimRender,
  extendLease,
  heartbeatMs,
  interrupted,
  type Lease,
  publishProgress,
  recordScript,
  renewLease,
  returnRender,
} from "../core/videos/render-lease.ts";
import { stopRender } from "../core/videos/stop-render.ts";
import { AnswerWanted } from "./answer-wanted.ts";
import { FanOut } from "./fan-out.ts";
import { KeepMade } from "./keep-made.ts";

/** A queue consumer has 15 minutes of wall time; before they are over the render goes back to the queue and is attached to again. */
const attachedMaxMs = 13 * 60_000;
/** The container's own share of the percentage; storing has the rest. */
const containerShare = 0.96;
const busyRetrySeconds = 5;

export type JobOutcome = { type: "finished" } | { type: "again"; queue: QueueName; delaySeconds: number };
const finished: JobOutcome = { type: "finished" };

/** Renders one video: claims it, follows the renderer's events, stores what it made, and ends it, whichever way. */
export async function renderVideo(context: Context, videoId: string): Promise<JobOutcome> {
  const lease = await claimRender(context, videoId);
  if (lease === null) return finished;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error("attached long enough")), attachedMaxMs);
  // A container that starts, or a file on its way to the store, says nothing for a while: the lease must not run out.
  const keeper = setInterval(() => void keepLease(context, lease, abort), heartbeatMs);
  const desk = openDesk(context, lease, abort);
  try {
    return await follow(context, lease, desk, abort.signal);
  } catch (error) {
    const reason: unknown = abort.signal.reason;
    if (reason instanceof BrokenOff) return retryOrFail(context, lease, reason.failure);
    if (abort.signal.aborted) return again(context, lease, false, 0);
    if (error instanceof RendererBusy) return again(context, lease, false, busyRetrySeconds);
    context.deps.log.write("warn", "render_interrupted", {
      videoId,
      attempt: lease.video.attempts,
      error: errorWords(error),
    });
    // What the renderer has done so far stays with it: the next attempt attaches to it.
    return retryOrFail(context, lease, error instanceof StorageFailed ? notStored : interrupted);
  } finally {
    clearTimeout(timer);
    clearInterval(keeper);
    desk.close();
    abort.abort();
  }
}

async function keepLease(context: Context, lease: Lease, abort: AbortController): Promise<void> {
  try {
    if (!(await extendLease(context, lease))) abort.abort(new Error("the lease is lost"));
  } catch (error) {
    // The next beat tries again; a database that is away for longer costs the lease, and the cron requeues.
    context.deps.log.write("warn", "lease_not_renewed", { videoId: lease.video.id, error: errorWords(error) });
  }
}

const notStored: RenderFailure = {
  code: "storage_failed",
  detail: "The finished video could not be stored. You were not charged; try again.",
  isRetryable: true,
};

/** Nothing is to be waited for: a file of the caller's is not to be had, or the renderer cannot be told what is missing. */
class BrokenOff extends Error {
  readonly failure: RenderFailure;
  constructor(failure: RenderFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Everything that goes on beside the stream of a render's events. */
type Desk = { answers: AnswerWanted; made: KeepMade; close(): void };

function openDesk(context: Context, lease: Lease, abort: AbortController): Desk {
  const { video } = lease;
  const render = { renderId: video.id, tenantId: video.tenantId, videoId: video.id };
  const made = new KeepMade(context, render);
  const fanOut = new FanOut(
    context,
    video,
    () => made.settled(),
    () => answers,
  );
  const answers = new AnswerWanted(
    context,
    { ...render, isPart: false },
    {
      onSegmentsMissing: (segments) => fanOut.place(segments),
      onMediaLost: (failure) => abort.abort(new BrokenOff(failure)),
      onUntold: () => abort.abort(new BrokenOff(interrupted)),
    },
  );
  return {
    answers,
    made,
    close() {
      answers.stop();
      made.stop();
      fanOut.stop();
    },
  };
}

async function follow(context: Context, lease: Lease, desk: Desk, signal: AbortSignal): Promise<JobOutcome> {
  const { deps } = context;
  const videoId = lease.video.id;
  const pace = new Pace(context, lease);
  for await (const event of deps.renderer.run(videoId, lease.request, signal)) {
    switch (event.type) {
      case "wanted":
        desk.answers.take(event.items);
        break;
      case "made":
        desk.made.take(event.artefact);
        break;
      case "done":
        return store(context, lease, desk, event.output);
      case "failed":
        // What it has made so far the next try need not make again.
        await desk.made.settled();
        // A renderer that is asked again after a failure that may pass starts afresh.
        return retryOrFail(context, lease, event.error);
      case "part_done":
        throw new OutsideError("the renderer made a part of what was asked for as a whole", true);
      default:
        if (await pace.take(event)) break;
        // Cancelled, or rendered by somebody else now: whoever took it away has dealt with the money.
        await discardIfEnded(context, videoId);
        return finished;
    }
  }
  throw new OutsideError("the renderer's events ended early", true);
}

type Told = Extract<RenderEvent, { type: "progress" | "script" | "heartbeat" }>;

/** Hands every event to the watchers, and writes to the row only so often. */
class Pace {
  private readonly context: Context;
  private readonly lease: Lease;
  private stage: "scripting" | "voicing" | "illustrating" | "rendering" = "scripting";
  private percent: number;
  private writtenAtMs = 0;
  private writtenStage = "";

  constructor(context: Context, lease: Lease) {
    this.context = context;
    this.lease = lease;
    this.percent = lease.video.progress;
  }

  /** false: the lease is lost. */
  async take(event: Told): Promise<boolean> {
    if (event.type === "script") return recordScript(this.context, this.lease, event);
    // What is replayed, or done again, has been told before.
    if (event.type === "progress" && event.percent * containerShare >= this.percent) {
      this.stage = event.stage;
      this.percent = event.percent * containerShare;
      await publishProgress(this.context, this.lease.video, this.stage, this.percent);
    }
    const nowMs = this.context.deps.clock.now();
    if (this.stage === this.writtenStage && nowMs - this.writtenAtMs < heartbeatMs) return true;
    this.writtenAtMs = nowMs;
    this.writtenStage = this.stage;
    return renewLease(this.context, this.lease, this.stage, this.percent);
  }
}

async function store(context: Context, lease: Lease, desk: Desk, output: RenderOutput): Promise<JobOutcome> {
  const { video } = lease;
  const storingPercent = 100 * containerShare;
  desk.made.pause();
  await publishProgress(context, video, "storing", storingPercent);
  let isOurs = await renewLease(context, lease, "storing", storingPercent);
  if (isOurs) {
    await storeFiles(context, lease, output);
    isOurs = await completeRender(context, lease, output);
  }
  if (isOurs) await desk.made.settled();
  else await dropStrayFiles(context, video.id);
  await discardIfEnded(context, video.id);
  return finished;
}

/** All at once; throws when all have been tried, so that nothing is stored behind the back of whoever deals with it. */
async function storeFiles(context: Context, { video }: Lease, output: RenderOutput): Promise<void> {
  const { renderer, files } = context.deps;
  const stored = await Promise.allSettled(
    output.files.map(async (file) =>
      files.put(fileKey(video, file.name), await renderer.file(video.id, file.name), file),
    ),
  );
  const refused = stored.find((outcome) => outcome.status === "rejected");
  if (refused !== undefined) throw refused.reason;
}

async function retryOrFail(context: Context, lease: Lease, failure: RenderFailure): Promise<JobOutcome> {
  const { attempts } = lease.video;
  if (failure.isRetryable && attempts < attemptsMax) {
    return again(context, lease, true, backoffSeconds(context, attempts));
  }
  const isOurs = await failRender(context, { videoId: lease.video.id, leaseId: lease.leaseId }, failure);
  if (!isOurs) await discardIfEnded(context, lease.video.id);
  return finished;
}

async function again(
  context: Context,
  lease: Lease,
  isAttemptSpent: boolean,
  delaySeconds: number,
): Promise<JobOutcome> {
  const isOurs = await returnRender(context, lease, isAttemptSpent);
  if (isOurs) return { type: "again", queue: lease.video.queue, delaySeconds };
  await dropStrayFiles(context, lease.video.id);
  await discardIfEnded(context, lease.video.id);
  return finished;
}

/** 2, 8 seconds … with full jitter on top, so that many that failed together do not come back together. */
function backoffSeconds(context: Context, attempts: number): number {
  const base = 2 * 4 ** (attempts - 1);
  const [chance = 0] = context.deps.randomness.bytes(1);
  return base + Math.round((base * chance) / 255);
}

/** Another consumer may be attached to the same render by now: only what has ended is taken from the renderer. */
async function discardIfEnded(context: Context, videoId: string): Promise<void> {
  try {
    if (await isEnded(context, videoId)) await stopRender(context, videoId);
  } catch (error) {
    // The renderer forgets finished renders by itself after a while.
    context.deps.log.write("info", "discard_failed", { videoId, error: errorWords(error) });
  }
}
