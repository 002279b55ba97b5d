import type { DocumentScene, VideoDocument } from "../../src/contract/video.ts";

/** A caller's own scenes; none for a prompt. */
export function askedScenes({ source }: VideoDocument): DocumentScene[] {
  return source.kind === "scenes" ? source.scenes : [];
}

export function sceneCountOf({ source }: VideoDocument): number {
  return source.kind === "prompt" ? source.sceneCount : source.scenes.length;
}

/** What was made for scene `index`. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing was made for scene ${index}`);
  return item;
}
