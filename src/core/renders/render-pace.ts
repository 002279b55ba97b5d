import { type Placeholder, sql } from "drizzle-orm";
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

/**
 * How many seconds rendering a video takes, as the last ones of its kind did, for the INSERT of its row: no read of its own.
 * NULL: there was none yet.
 */
export function expectedRenderSeconds({ shape, videoSeconds }: { shape: Placeholder; videoSeconds: Placeholder }) {
  return sql<
    number | null
  >`(select ceil(${startSeconds} + ${renderPaces.ratio} * ${videoSeconds}) from ${renderPaces} where ${renderPaces.shape} = ${shape})`;
}

/** What paces are learnt and looked up by. */
export function shapeName({ isDraft, resolution }: Shape): string {
  return isDraft ? "draft" : resolution;
}
