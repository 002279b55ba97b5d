import type { RenderEvent } from "../src/contract/render-events.ts";

export type RenderStage = Extract<RenderEvent, { type: "progress" }>["stage"];

/** Where each stretch of work ends on the scale of the whole render, by the time it takes. */
const scriptedPercent = 1;
/** Voices and pictures of all scenes: measured, 14 % of a 720p render's time and 8 % of a 1080p one's. */
const preparedPercent = 12;
/** Everything but the frames: joining, and reading the files once for their hashes. */
const encodedPercent = 98;

const voiceWeight = 1;
const pictureWeight = 2;
/** Steps smaller than this are not worth an event. */
const leastStepPercent = 0.5;

/** Turns work done into one percentage that never goes back, and says so at each new stage or half percent. */
export function createMeter(sceneCount: number, say: (stage: RenderStage, percent: number) => void) {
  let stage: RenderStage = "scripting";
  let said = -1;
  let voices = 0;
  let pictures = 0;

  const reach = (next: RenderStage, percent: number) => {
    const rounded = Math.round(Math.max(said, percent) * 10) / 10;
    if (next === stage && rounded < said + leastStepPercent) return;
    stage = next;
    said = rounded;
    say(stage, rounded);
  };
  const prepared = () => {
    if (stage === "rendering") return;
    const share = (voices * voiceWeight + pictures * pictureWeight) / (sceneCount * (voiceWeight + pictureWeight));
    const isVoicing = voices < sceneCount;
    reach(isVoicing ? "voicing" : "illustrating", scriptedPercent + (preparedPercent - scriptedPercent) * share);
  };
  return {
    started: () => reach("scripting", 0),
    scripted: () => reach("voicing", scriptedPercent),
    voiced: () => {
      voices += 1;
      prepared();
    },
    /** Pictures that turn out not to be needed are never made: their share is passed by the first frame. */
    pictured: () => {
      pictures += 1;
      prepared();
    },
    /** `share` of the frames that are there, whoever made them. */
    encoded: (share: number) => reach("rendering", preparedPercent + (encodedPercent - preparedPercent) * share),
    finished: () => reach("rendering", 100),
  };
}

export type Meter = ReturnType<typeof createMeter>;
