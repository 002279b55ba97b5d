import type { Language } from "../src/contract/video.ts";
import { type MixRequest, mixAudio } from "./audio/mix.ts";
import { drawScene, type SceneRequest } from "./picture/draw-scene.ts";
import { rasterise } from "./picture/rasterise.ts";
import type { Script, Speech } from "./scenes.ts";
import { writeScript } from "./script/write-script.ts";
import { openVoice } from "./voice/speak.ts";

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
    draw(request: SceneRequest, drawn: { width: number; height: number }): Promise<Buffer>;
  };
  sound: {
    mix(request: MixRequest): Promise<unknown>;
  };
};

/** Everything made here, without a network. */
export const offlineProviders: Providers = {
  script: { name: "template", write: writeScript },
  voice: { name: "espeak-ng", open: openVoice },
  pictures: { name: "drawn", draw: (request, drawn) => rasterise(drawScene(request), drawn) },
  sound: { mix: mixAudio },
};
