import type { Look } from "./looks.ts";
import type { Stage } from "./stage.ts";

/** A drawing that stands on the ground: its foot is the origin, it spans ±width / 2 and rises to −height. */
export type Art = {
  svg: string;
  width: number;
  height: number;
  /** Has a right way round (a tick, a map, a rising line) and is never mirrored. */
  isOneWay?: boolean;
};

/** The people of a video: the lead is the same in all its scenes. `variant` counts the scenes, so that a motif that comes back looks different. */
export type Cast = { lead: Look; second: Look; third: Look; variant: number };

export type DrawArt = (stage: Stage, cast: Cast) => Art;
