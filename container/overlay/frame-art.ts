import type { Mark, Overlay } from "./overlay.ts";
import type { Frame } from "./safe-area.ts";
import { inkOf } from "./text-measure.ts";

/** When an overlay is there and how it comes and goes. */
export type Span = Pick<Overlay, "startFrame" | "endFrame" | "fadeInFrames" | "fadeOutFrames">;

type Edges = { left: number; top: number; right: number; bottom: number };

/** Metrics are of whole pixels, and edges are soft. */
const slackPx = 2;
/** Three standard deviations of a blur are all that can be seen of it. */
const blurReach = 1.5;

function edgesOf(mark: Mark): Edges {
  if (mark.kind !== "text") {
    const { x, y, width, height } = mark;
    const edges = { left: x, top: y, right: x + width, bottom: y + height };
    return mark.kind === "veil" ? around(edges, 0, { blurPx: mark.blurPx, downPx: 0 }) : edges;
  }
  const ink = inkOf(mark.text, mark, mark.direction);
  const [left, top] = [mark.x + ink.x, mark.y + ink.y];
  const edges = { left, top, right: left + ink.width, bottom: top + ink.height };
  return around(edges, slackPx + (mark.outline?.widthPx ?? 0) / 2, mark.shadow);
}

function around(edges: Edges, byPx: number, shadow: { blurPx: number; downPx: number } | undefined): Edges {
  const reach = shadow ? shadow.blurPx * blurReach : 0;
  const down = shadow?.downPx ?? 0;
  return {
    left: edges.left - byPx - reach,
    top: edges.top - byPx - Math.max(0, reach - down),
    right: edges.right + byPx + reach,
    bottom: edges.bottom + byPx + Math.max(0, reach + down),
  };
}

const evenBelow = (value: number) => 2 * Math.floor(value / 2);
const evenAbove = (value: number) => 2 * Math.ceil(value / 2);
const hundredth = (value: number) => Math.round(value * 100) / 100;

/** What the marks cover, in pixels of the frame. */
export function coveredBy(marks: Mark[]): Edges {
  const all = marks.map(edgesOf);
  return {
    left: Math.min(...all.map(({ left }) => left)),
    top: Math.min(...all.map(({ top }) => top)),
    right: Math.max(...all.map(({ right }) => right)),
    bottom: Math.max(...all.map(({ bottom }) => bottom)),
  };
}

/** An overlay as large as what is drawn in it. `marks` are placed in the frame; nothing comes of none of them. */
export function frameArt(marks: Mark[], frame: Frame, span: Span): Overlay[] {
  if (marks.length === 0) return [];
  const covered = coveredBy(marks);
  const x = Math.max(0, evenBelow(covered.left));
  const y = Math.max(0, evenBelow(covered.top));
  const width = Math.min(evenBelow(frame.width), evenAbove(covered.right)) - x;
  const height = Math.min(evenBelow(frame.height), evenAbove(covered.bottom)) - y;
  if (width <= 0 || height <= 0 || span.endFrame <= span.startFrame) return [];
  const art = marks.map((mark) => ({ ...mark, x: hundredth(mark.x - x), y: hundredth(mark.y - y) }));
  return [{ ...span, x, y, width, height, art }];
}

/** Fades of `seconds`, that leave at least half of what is between them. */
export function fadeFrames(seconds: number, fps: number, span: Pick<Span, "startFrame" | "endFrame">): number {
  return Math.min(Math.round(seconds * fps), Math.floor((span.endFrame - span.startFrame) / 4));
}
