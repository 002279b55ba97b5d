import { isTerminal } from "../../contract/render-events.ts";
import type { Context } from "../context.ts";
import type { VideoRow } from "./tables.ts";

/** Counts a video that has just ended. */
export function measureRender({ deps }: Context, video: VideoRow): void {
  const { status, error, document, output, createdAtMs, startedAtMs, finishedAtMs } = video;
  if (!isTerminal(status)) return;
  const seconds = (fromMs: number | null, toMs: number | null) =>
    fromMs === null || toMs === null ? 0 : (toMs - fromMs) / 1000;
  deps.metrics.record({
    name: "render",
    outcome: status as "succeeded" | "failed" | "cancelled",
    code: error?.code ?? "",
    resolution: document.isDraft ? "draft" : document.resolution,
    waitSeconds: seconds(createdAtMs, startedAtMs),
    renderSeconds: seconds(startedAtMs, finishedAtMs),
    videoSeconds: output?.durationSeconds ?? 0,
  });
}
