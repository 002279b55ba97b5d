import { offlineProviders, type Providers } from "../../container/providers.ts";
import { syntheticSpeech } from "./timed-scenes.ts";

/** Silence at a known pace: what is tested is not how a text sounds. */
export const syntheticVoice: Providers["voice"] = {
  name: "synthetic",
  open: async () => ({ speak: async (text) => syntheticSpeech(text), close: () => {} }),
};

export const quickProviders: Providers = { ...offlineProviders, voice: syntheticVoice };
