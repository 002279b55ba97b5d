import { sql } from "drizzle-orm";
import type { VideoDocument } from "../../contract/video.ts";
import type { Deps } from "../deps.ts";
import { renderPaces } from "./tables.ts";

type Shape = Pick<VideoDocument, "isDraft" | "resolution">;

/** What one more render weighs against all before it. */
const newestWeight = 0.15;
/** Starting and joining, whatever the length. */
const startSeconds = 3;
/** Outside of these it was not the rendering that took so long, or so short. */
const credible = { least: 0.02, most: 10 };

/** Learns from a render that was done in one go how long the next of its kind will take. */
export async function learnRenderPace(
  deps: Deps,
  render: { shape: Shape; renderSeconds: number; videoSeconds: number },
): Promise<void> {
  const ratio = Math.max(0, render.renderSeconds - startSeconds) / render.videoSeconds;
  if (ratio < credible.least || ratio > credible.most) return;
  const updatedAtMs = deps.clock.now();
  await deps.db
    .insert(renderPaces)
    .values({ shape: shapeName(render.shape), ratio, updatedAtMs })
    .onConflictDoUpdate({
      target: renderPaces.shape,
      set: {
        ratio: sql`${renderPaces.ratio} + ${newestWeight} * (excluded.ratio - ${renderPaces.ratio})`,
        updatedAtMs,
      },
    });
}

/** Says of a video how many seconds rendering it takes, as the last ones of its kind did; null: there was none yet. */
export type RenderPaces = (shape: Shape, videoSeconds: number) => number | null;

export async function readRenderPaces(deps: Deps): Promise<RenderPaces> {
  const rows = await deps.db.select({ shape: renderPaces.shape, ratio: renderPaces.ratio }).from(renderPaces);
  const ratios = new Map(rows.map(({ shape, ratio }) => [shape, ratio]));
  return (shape, videoSeconds) => {
    const ratio = ratios.get(shapeName(shape));
    return ratio === undefined ? null : Math.ceil(startSeconds + ratio * videoSeconds);
  };
}

function shapeName({ isDraft, resolution }: Shape): string {
  return isDraft ? "draft" : resolution;
}
