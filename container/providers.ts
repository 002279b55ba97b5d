import type { ImageRequest } from "../src/contract/container-protocol.ts";
import type { Language, VoiceName } from "../src/contract/video.ts";
import { type MixRequest, mixAudio } from "./audio/mix.ts";
import { drawImage } from "./picture/draw-image.ts";
import type { SceneRequest } from "./picture/draw-scene.ts";
import { type PreparedStill, prepareDrawn, type Target } from "./picture/prepared-picture.ts";
import type { Script, Speech } from "./scenes.ts";
import { writeScript } from "./script/write-script.ts";
import { openVoice } from "./voice/speak.ts";

/** A scene to draw; how large it becomes is said apart. */
export type DrawnScene = Omit<SceneRequest, "width" | "height">;

/** Who writes, speaks, draws and mixes here. Any of them may throw a RenderFault; the signal's reason ends them. */
export type Providers = {
  script: {
    name: string;
    write(request: { prompt: string; sceneCount: number; language: Language; seed: string }): Script;
  };
  voice: {
    name: string;
    open(request: { language: Language; signal: AbortSignal }): Promise<{
      speak(text: string, manner: { name: VoiceName; speed: number }): Promise<Speech>;
      close(): void;
    }>;
  };
  pictures: {
    name: string;
    draw(scene: DrawnScene, target: Target): Promise<PreparedStill>;
    /** JPEG, for somebody who wants a picture and no video. */
    drawImage(request: ImageRequest): Promise<Buffer>;
  };
  sound: {
    mix(request: MixRequest): Promise<unknown>;
  };
};

/** Everything made here, without a network. */
export const offlineProviders: Providers = {
  script: { name: "template", write: writeScript },
  voice: { name: "espeak-ng", open: openVoice },
  pictures: { name: "drawn", draw: prepareDrawn, drawImage },
  sound: { mix: mixAudio },
};
