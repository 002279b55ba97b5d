import { sceneFloorSeconds, scenePaddingSeconds } from "../../src/contract/video.ts";
import type { ScriptScene, Speech, TimedScene } from "../scenes.ts";

export type SceneToTime = {
  script: ScriptScene;
  speech: Speech;
  /** The least the scene lasts, when asked for. */
  durationSeconds?: number | undefined;
};

/** The picture is there a moment before the voice; the rest of the padding follows the last word. */
const leadSeconds = 0.3;
const tailSeconds = scenePaddingSeconds - leadSeconds;

/** Sums of decimal seconds carry noise far below a sample: it must not round a scene up by a whole frame. */
const noiseSeconds = 1e-6;

const wholeFrames = (seconds: number, fps: number) => Math.ceil((seconds - noiseSeconds) * fps);

/**
 * Lays scenes one after another on whole frames. A scene lasts its padded speech, its floor or what was asked for,
 * whichever is longest, rounded up to a frame. Under `ceilingSeconds` the padding gives way first; speech is never cut.
 */
export function layTimeline(scenes: SceneToTime[], options: { fps: number; ceilingSeconds?: number }): TimedScene[] {
  const { fps, ceilingSeconds = Number.POSITIVE_INFINITY } = options;
  let startFrame = 0;
  return scenes.map(({ script, speech, durationSeconds = 0 }) => {
    const speechSeconds = speech.samples.length / speech.sampleRate;
    const wanted = Math.max(sceneFloorSeconds, durationSeconds, leadSeconds + speechSeconds + tailSeconds);
    const frameCount = wholeFrames(Math.max(speechSeconds, Math.min(wanted, ceilingSeconds)), fps);
    const spareSeconds = Math.max(0, frameCount / fps - speechSeconds);
    const lead = Math.min(leadSeconds, (spareSeconds * leadSeconds) / scenePaddingSeconds);
    const speechStartSeconds = startFrame / fps + lead;
    const timed: TimedScene = {
      title: script.title,
      narration: script.narration,
      startFrame,
      frameCount,
      speechStartSeconds,
      words: speech.words.map((word) => ({
        text: word.text,
        startSeconds: speechStartSeconds + word.startSeconds,
        endSeconds: speechStartSeconds + word.endSeconds,
      })),
    };
    startFrame += frameCount;
    return timed;
  });
}

/** Frames of the whole video. */
export function totalFrames(scenes: TimedScene[]): number {
  return scenes.reduce((sum, scene) => sum + scene.frameCount, 0);
}
