/** What the rooms of the container hand to each other. Times are seconds from the start of the thing named. */

/** The script writer's answer: what each scene is called and what is said in it. */
export type Script = { title: string; scenes: ScriptScene[] };
export type ScriptScene = { title: string; narration: string };

/** One word as it is spoken. `text` is the word as written, with its punctuation. */
export type SpokenWord = { text: string; startSeconds: number; endSeconds: number };

/** A scene's narration: mono samples between -1 and 1, and its words in order, timed from the first sample. */
export type Speech = { samples: Float32Array; sampleRate: number; words: SpokenWord[] };

/** A scene on the video's clock, in whole frames. `speechStartSeconds` is when its narration begins, from the video's start. */
export type TimedScene = {
  title: string;
  narration: string;
  startFrame: number;
  frameCount: number;
  speechStartSeconds: number;
  /** Timed from the video's start. */
  words: SpokenWord[];
};
