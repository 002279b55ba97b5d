import type { Random } from "../random.ts";
import type { Beat } from "./sentences/line-book.ts";

/** What a scene after the first one does: a beat of the kind, a fact of the prompt, or colour of its field of life. */
export type Step = Exclude<Beat, "hook"> | "colour" | "detail";

type Middle = "context" | "colour" | "turn";
const orders: readonly (readonly Middle[])[] = [
  ["context", "colour", "turn"],
  ["colour", "context", "turn"],
  ["context", "turn", "colour"],
];

const plain: readonly Middle[] = ["context", "turn"];
const colourful: readonly (readonly Middle[])[] = [
  ["colour", "turn"],
  ["context", "colour"],
];

/** The steps after the hook, `sceneCount - 1` of them. The prompt's own facts come first; the ending is always an ending. */
export function planBeats(sceneCount: number, detailCount: number, hasColour: boolean, random: Random): Step[] {
  const steps = sceneCount - 1;
  if (steps <= 0) return [];
  const details = Math.min(detailCount, Math.max(1, steps - 1));
  const told = Array.from({ length: details }, (): Step => "detail");
  const left = steps - details;
  if (left === 0) return told;
  if (left === 1) return [...told, "resolution"];
  const pair = hasColour ? (colourful[random.whole(0, colourful.length - 1)] ?? []) : plain;
  if (left === 2) return [...told, pair[random.whole(0, pair.length - 1)] ?? "turn", "resolution"];
  if (left === 3) return [...told, ...pair, "resolution"];
  const middle = left - 1;
  const resolutions = Math.max(1, Math.round(middle * 0.24));
  const counts: Record<Middle, number> = {
    colour: Math.max(1, Math.round(middle * 0.24)),
    turn: Math.max(1, Math.round(middle * 0.24)),
    context: 0,
  };
  counts.context = Math.max(0, middle - resolutions - counts.colour - counts.turn);
  const order = orders[random.whole(0, orders.length - 1)] ?? orders[0] ?? [];
  return [
    ...told,
    ...order.flatMap((step) => Array.from({ length: counts[step] }, (): Step => step)),
    ...Array.from({ length: resolutions }, (): Step => "resolution"),
    "call",
  ];
}
