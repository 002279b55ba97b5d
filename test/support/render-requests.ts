import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import type { VideoDocument } from "../../src/contract/video.ts";

/** A small upright video that says `texts`, one a scene; the caller offers nothing but media. */
export function sceneRequest(texts: string[], changes: Partial<VideoDocument> = {}): RenderRequest {
  return {
    seed: "seed",
    offers: [],
    document: {
      source: { kind: "scenes", scenes: texts.map((text) => ({ text })) },
      language: "en",
      aspect: "9:16",
      resolution: "720p",
      fps: 24,
      format: "mp4",
      isDraft: false,
      voice: { name: "amani", speed: 1, isPremium: false },
      isEnhanced: false,
      pictureStyle: "flat",
      grade: "none",
      transition: "fade",
      titles: "off",
      captions: { mode: "words", style: "clean", position: "bottom" },
      music: { bed: { kind: "mood", mood: "none" }, duckDb: 14 },
      loudnessLufs: -14,
      brand: {},
      ...changes,
    },
  };
}
