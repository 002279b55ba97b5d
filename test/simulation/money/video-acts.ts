/** Videos as far as they are money: charged by the real verb, made or not made, and settled by the real verbs. */
import type { RenderOutput } from "../../../src/contract/render-events.ts";
import { cancelVideo } from "../../../src/core/videos/cancel-video.ts";
import { completeRender, failRender } from "../../../src/core/videos/end-render.ts";
import { claimRender } from "../../../src/core/videos/render-lease.ts";
import { submitVideo } from "../../../src/core/videos/submit-video.ts";
import type { Chance } from "./chance.ts";
import { origin, type Tenant } from "./money-world.ts";
import type { Play } from "./play.ts";
import { type FateOf, noFate } from "./processes.ts";

type VideoRow = { id: string; tenant_id: string; status: string };

/** A scene costs a credit. */
export async function orderVideo(play: Play, tenant: Tenant, order: { key: string; scenes: number }, fateOf: FateOf) {
  const body = { prompt: "a day in Nairobi", scenes: order.scenes } as Parameters<typeof submitVideo>[1]["body"];
  return play.ask(
    {
      what: "orders a video",
      tenant,
      key: order.key,
      work: (context) => submitVideo(context, { body, idempotencyKey: order.key, origin }),
    },
    fateOf,
  );
}

export function unfinishedVideos(play: Play): VideoRow[] {
  return play.world.rows<VideoRow>(
    "SELECT id, tenant_id, status FROM videos WHERE status NOT IN ('succeeded', 'failed', 'cancelled') ORDER BY id",
  );
}

/** A renderer takes a video and makes it, as long as it was quoted or shorter, or cannot; or its owner cancels it. */
export async function endVideo(play: Play, video: VideoRow, chance: Chance | null): Promise<string> {
  const { world } = play;
  const fateOf = chance === null ? noFate : play.fate(chance);
  const ending = chance?.weighted([
    [4, "made"],
    [2, "made shorter"],
    [2, "failed"],
    [2, "cancelled"],
  ]);
  const owner = world.tenants.find(({ tenantId }) => tenantId === video.tenant_id);
  if (ending === "cancelled" && owner !== undefined) {
    const outcome = await world.request(owner, "cancels", fateOf, (context) =>
      cancelVideo(context, { videoId: video.id, origin }),
    );
    return `cancelled ${play.wordOf(outcome)}`;
  }
  const outcome = await world.processes.run("render", fateOf, async () => {
    const context = world.systemContext();
    const lease = await claimRender(context, video.id);
    if (lease === null) return "not to be claimed";
    if (ending === "failed") {
      const failure = { code: "encode_failed", detail: "It could not be encoded.", isRetryable: true } as const;
      await failRender(context, { videoId: video.id, leaseId: lease.leaseId }, failure);
      return "failed";
    }
    const seconds = lease.video.ceilingSeconds / (ending === "made shorter" ? 3 : 1);
    await completeRender(context, lease, outputOf(seconds, lease.video.document.source));
    return ending ?? "made";
  });
  return outcome.kind === "answered" ? outcome.value : `${ending ?? "made"} ${play.wordOf(outcome)}`;
}

function outputOf(durationSeconds: number, source: unknown): RenderOutput {
  const scenes = Number((source as { sceneCount?: number }).sceneCount ?? 1);
  return {
    title: "A day",
    width: 1080,
    height: 1920,
    fps: 30,
    durationSeconds,
    scenes: Array.from({ length: scenes }, (_, index) => ({
      title: "A scene",
      text: "Words.",
      startSeconds: (index * durationSeconds) / scenes,
      durationSeconds: durationSeconds / scenes,
    })),
    providers: { script: "own", voice: "espeak-ng", pictures: "drawn" },
    sources: [],
    files: [],
  };
}
