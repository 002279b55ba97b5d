import { isTerminal } from "../../contract/render-events.ts";
import type { Context } from "../context.ts";
import type { VideoRow } from "./tables.ts";

/** The caller's own file: nothing of ours has failed. */
const callersOwn: readonly string[] = ["media_refused", "media_failed"];

/** Counts a video that has just ended, and closes its render with one log line: an error where ours is to blame. */
export function measureRender({ deps, requestId }: Context, video: VideoRow): void {
  const {
    id: videoId,
    tenantId,
    attempts,
    status,
    error,
    document,
    output,
    createdAtMs,
    startedAtMs,
    finishedAtMs,
  } = video;
  if (!isTerminal(status)) return;
  const seconds = (fromMs: number | null, toMs: number | null) =>
    fromMs === null || toMs === null ? 0 : (toMs - fromMs) / 1000;
  const waitSeconds = seconds(createdAtMs, startedAtMs);
  const renderSeconds = seconds(startedAtMs, finishedAtMs);
  const isOurs = error !== null && !callersOwn.includes(error.code);
  deps.log.write(isOurs ? "error" : "info", "render_ended", {
    request_id: requestId,
    videoId,
    tenantId,
    outcome: status,
    ...(error === null ? {} : { code: error.code, scene: error.scene }),
    attempts,
    waitSeconds,
    renderSeconds,
  });
  deps.metrics.record({
    name: "render",
    outcome: status as "succeeded" | "failed" | "cancelled",
    code: error?.code ?? "",
    resolution: document.isDraft ? "draft" : document.resolution,
    waitSeconds,
    renderSeconds,
    videoSeconds: output?.durationSeconds ?? 0,
  });
}
