/** How the segments of one video are spread over several containers: rules only, no state. */

/** A share of a video's segments, made in a container of its own. Parts are counted from 1. */
export type PartPlan = { part: number; keys: string[] };

/** What has become of segments that parts were to make, since `sequence` of the time before; `isOver`: no more will come. */
export type PartNews = { sequence: number; made: string[]; givenUp: string[]; isOver: boolean };

/** Less than this is quicker made where the voice and the pictures are already. */
const worthASpreadSeconds = 20;
/** No container is asked for less. */
const shareFloorSeconds = 8;

/** Names a part's render, as `vid_…-p1`. */
export function partRenderId(videoId: string, part: number): string {
  return `${videoId}-p${part}`;
}

/**
 * Splits segments that have to be made into shares of about equal frames, in the order of the video, at most `containers` of
 * them. The first share is the lead's own; no second one when it is not worth a container.
 */
export function splitSegments(
  segments: readonly { key: string; frames: number }[],
  fps: number,
  containers: number,
): { own: string[]; parts: PartPlan[] } {
  const total = segments.reduce((sum, { frames }) => sum + frames, 0);
  const isWorthIt = total > worthASpreadSeconds * fps;
  const most = Math.min(containers, segments.length, Math.floor(total / (shareFloorSeconds * fps)));
  const shares: string[][] = Array.from({ length: isWorthIt ? Math.max(1, most) : 1 }, () => []);
  let before = 0;
  for (const { key, frames } of segments) {
    // By its middle, so that a long segment goes where most of it belongs.
    const place = Math.floor(((before + frames / 2) / total) * shares.length);
    shares[Math.min(place, shares.length - 1)]?.push(key);
    before += frames;
  }
  const [own = [], ...others] = shares;
  return { own, parts: others.filter((keys) => keys.length > 0).map((keys, index) => ({ part: index + 1, keys })) };
}
