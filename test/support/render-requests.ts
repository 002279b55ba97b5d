import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import type { VideoDocument } from "../../src/contract/video.ts";

/** A small upright video that says `texts`, one a scene. */
export function sceneRequest(texts: string[], changes: Partial<VideoDocument> = {}): RenderRequest {
  return {
    seed: "seed",
    document: {
      source: { kind: "scenes", scenes: texts.map((text) => ({ text })) },
      language: "en",
      aspect: "9:16",
      resolution: "720p",
      fps: 24,
      voiceSpeed: 1,
      captions: "words",
      music: "none",
      ...changes,
    },
  };
}
