import type { Speech, TimedScene } from "../../container/scenes.ts";
import { layTimeline } from "../../container/video/timeline.ts";

/** Words at an even pace, with a breath after each sentence, and silence as samples. */
export function syntheticSpeech(text: string): Speech {
  let atSeconds = 0;
  const words = text.split(/\s+/u).map((word) => {
    const startSeconds = atSeconds;
    const endSeconds = startSeconds + 0.1 + 0.06 * word.length;
    atSeconds = endSeconds + (/[.!?]$/.test(word) ? 0.25 : 0);
    return { text: word, startSeconds, endSeconds };
  });
  const sampleRate = 22_050;
  return { samples: new Float32Array(Math.ceil(atSeconds * sampleRate)), sampleRate, words };
}

/** Scenes that say `texts`, laid on the clock as a render lays them. */
export function timedScenes(fps: number, texts: string[]): TimedScene[] {
  const scenes = texts.map((text) => ({ script: { title: text, narration: text }, speech: syntheticSpeech(text) }));
  return layTimeline(scenes, { fps });
}
