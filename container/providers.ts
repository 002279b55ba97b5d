import type { Language, MusicMood } from "../src/contract/video.ts";
import { mixAudio } from "./audio/mix.ts";
import { drawScene } from "./picture/draw-scene.ts";
import { rasterise } from "./picture/rasterise.ts";
import type { Script, Speech } from "./scenes.ts";
import { writeScript } from "./script/write-script.ts";
import { openVoice } from "./voice/speak.ts";

export type PictureRequest = {
  title: string;
  narration: string;
  videoTitle: string;
  sceneIndex: number;
  sceneCount: number;
  width: number;
  height: number;
  seed: string;
  /** Whether the title is written into the picture. */
  hasHeading: boolean;
};

/** Who writes, speaks, draws and mixes. Any of them may throw a RenderFault; the signal's reason ends them. */
export type Providers = {
  script: {
    name: string;
    write(request: { prompt: string; sceneCount: number; language: Language; seed: string }): Script;
  };
  voice: {
    name: string;
    open(request: { language: Language; speed: number; signal: AbortSignal }): Promise<{
      speak(text: string): Promise<Speech>;
      close(): void;
    }>;
  };
  pictures: {
    name: string;
    /** PNG bytes of exactly `drawn` pixels; `request` is in the pixels of the video. */
    draw(request: PictureRequest, drawn: { width: number; height: number }): Promise<Buffer>;
  };
  sound: {
    mix(request: {
      scenes: { speech: Speech; startSeconds: number }[];
      music: MusicMood;
      seed: string;
      durationSeconds: number;
      outputPath: string;
      workDirectory: string;
      signal: AbortSignal;
    }): Promise<unknown>;
  };
};

/** Everything made here, without a network. */
export const offlineProviders: Providers = {
  script: { name: "template", write: writeScript },
  voice: { name: "espeak-ng", open: openVoice },
  pictures: { name: "drawn", draw: (request, drawn) => rasterise(drawScene(request), drawn) },
  sound: { mix: mixAudio },
};
