import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import type { RenderEvent } from "../../src/contract/render-events.ts";
import type { VideoDocument } from "../../src/contract/video.ts";
import type { Artefacts } from "../artefacts.ts";
import type { Meter } from "../meter.ts";
import type { Providers } from "../providers.ts";
import type { Supplies } from "../supplies.ts";

export type FrameSize = { width: number; height: number };

type Unnumbered<Event> = Event extends RenderEvent ? Omit<Event, "sequence"> : never;
/** What a render says about itself; its job numbers it. */
export type RenderUpdate = Unnumbered<Extract<RenderEvent, { type: "progress" | "script" }>>;

/** What every step of one render shares. */
export type Render = {
  request: RenderRequest;
  document: VideoDocument;
  frame: FrameSize;
  /** Holds passing files; gone when the render ends. */
  workDirectory: string;
  outputDirectory: string;
  providers: Providers;
  supplies: Supplies;
  artefacts: Artefacts;
  /** Whether the caller keeps artefacts: then it is asked before something is made again. */
  hasKeeper: boolean;
  stepLimitMs: number;
  lanes: number | undefined;
  meter: Meter;
};
