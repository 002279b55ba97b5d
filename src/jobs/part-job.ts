import { useArtefacts } from "../core/artefacts/use-artefacts.ts";
import type { Context } from "../core/context.ts";
import { OutsideError, RendererBusy } from "../core/deps.ts";
import { errorWords } from "../core/error-words.ts";
import { partRenderId } from "../core/videos/parts.ts";
import { makeLeaseId, readUnfinished } from "../core/videos/render-lease.ts";
import { AnswerWanted } from "./answer-wanted.ts";
import { KeepMade, type Render } from "./keep-made.ts";

/** A queue consumer has 15 minutes; a part that takes longer is better made by the lead. */
const partMaxMs = 12 * 60_000;
/** So a cancelled part is stopped within two seconds, whoever forgot to tell it. */
const renewEveryMs = 1_500;
/** A container that dies takes what it has not handed over with it; the next begins where it was. */
const triesMax = 3;
const tryAgainMs = 1_500;

type Part = { videoId: string; part: number };

/**
 * Makes a share of a video's segments in a container of its own and keeps them as artefacts, telling the video's room of
 * each. What it cannot make is given up, and the lead makes it.
 */
export async function renderPart(context: Context, { videoId, part }: Part): Promise<void> {
  const { deps } = context;
  const room = deps.room(videoId);
  const leaseId = makeLeaseId(context);
  const keys = await room.claimPart(part, leaseId);
  if (keys === null) return;
  const unfinished = await readUnfinished(context, videoId);
  if (unfinished === null) return room.giveUpPart(part);

  const abort = new AbortController();
  const tookTooLong = new Error("the part took too long");
  const limit = setTimeout(() => abort.abort(tookTooLong), partMaxMs);
  const keeper = setInterval(() => void renew(), renewEveryMs);
  const renew = async () => {
    try {
      if (!(await room.renewPart(part, leaseId))) abort.abort(new Error("the part is not wanted any more"));
    } catch (error) {
      deps.log.write("warn", "part_not_renewed", { videoId, part, error: errorWords(error) });
    }
  };
  try {
    const { video, request } = unfinished;
    const render = { renderId: partRenderId(videoId, part), tenantId: video.tenantId, videoId };
    await follow(context, render, { part, keys, request, signal: abort.signal, renew });
  } catch (error) {
    deps.log.write("warn", "part_given_up", { videoId, part, error: errorWords(error) });
    if (!abort.signal.aborted || abort.signal.reason === tookTooLong) await room.giveUpPart(part);
  } finally {
    clearTimeout(limit);
    clearInterval(keeper);
    await discard(context, videoId, part);
  }
}

type Work = {
  part: number;
  keys: string[];
  request: NonNullable<Awaited<ReturnType<typeof readUnfinished>>>["request"];
  signal: AbortSignal;
  renew(): Promise<void>;
};

async function follow(context: Context, render: Render, work: Work): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await followOnce(context, render, work);
    } catch (error) {
      const isWorthIt = error instanceof OutsideError && error.isRetryable && !(error instanceof RendererBusy);
      if (!isWorthIt || tries === triesMax || work.signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, tryAgainMs));
    }
  }
}

/** Throws OutsideError for what may pass, and Error for what will not. */
async function followOnce(context: Context, render: Render, work: Work): Promise<void> {
  const { deps } = context;
  const { part, keys, signal } = work;
  const room = deps.room(render.videoId);
  const made = new KeepMade(context, render, (kept) => room.tellMade(part, kept));
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  const answers = new AnswerWanted(
    context,
    { ...render, isPart: true },
    {
      onSegmentsMissing: async (segments) => segments.map(({ key }) => key),
      onMediaLost: (failure) => lost.reject(new Error(failure.detail)),
      onUntold: () => lost.reject(new OutsideError("the part's renderer cannot be told what is missing", true)),
    },
  );
  const events = deps.renderer.run(render.renderId, { ...work.request, part: { segments: keys } }, signal);
  const iterator = events[Symbol.asyncIterator]();
  let isFirst = true;
  try {
    for (;;) {
      const { done, value: event } = await Promise.race([iterator.next(), lost.promise]);
      if (done) throw new OutsideError("the part's events ended early", true);
      // The video may have ended between the claim and the container's start.
      if (isFirst) await work.renew();
      isFirst = false;
      if (event.type === "wanted") answers.take(event.items);
      // Everything else a part makes the lead has made, too.
      if (event.type === "made" && event.artefact.kind === "segment" && keys.includes(event.artefact.key)) {
        made.take(event.artefact);
      }
      if (event.type === "failed") throw partFailed(event.error);
      if (event.type === "done") throw new Error("a part was rendered as a whole");
      if (event.type === "part_done") return await finish(context, render, work, made);
    }
  } finally {
    answers.stop();
    made.stop();
    await iterator.return?.();
  }
}

function partFailed(failure: { code: string; isRetryable: boolean }): Error {
  const words = `the part failed: ${failure.code}`;
  return failure.isRetryable ? new OutsideError(words, true) : new Error(words);
}

/** What the part found made already it has not announced: every key is looked up once more. */
async function finish(context: Context, render: Render, { part, keys }: Work, made: KeepMade): Promise<void> {
  await made.settled();
  const room = context.deps.room(render.videoId);
  const found = await useArtefacts(context, { ...render, keys });
  await room.tellMade(part, [...found.keys()]);
  if (found.size < keys.length) await room.giveUpPart(part);
}

async function discard(context: Context, videoId: string, part: number): Promise<void> {
  try {
    await context.deps.renderer.discard(partRenderId(videoId, part));
  } catch (error) {
    context.deps.log.write("info", "discard_failed", { videoId, part, error: errorWords(error) });
  }
}
