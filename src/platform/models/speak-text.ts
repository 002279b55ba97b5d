import type { VoiceName } from "../../contract/video.ts";
import type { ModelAnswer, Models } from "../../core/deps.ts";
import { askModel, readBytes, startsWith } from "./ask-model.ts";
import type { ModelRunner } from "./model-runner.ts";

type Ask = Parameters<Models["voice"]>[0];

/** The middle, the higher and the deeper voice of each family that has several. */
const speakers: Record<string, Record<VoiceName, string>> = {
  "@cf/deepgram/aura-2-en": { amani: "athena", zuri: "luna", baraka: "apollo" },
  "@cf/deepgram/aura-2-es": { amani: "celeste", zuri: "estrella", baraka: "nestor" },
  "@cf/deepgram/aura-1": { amani: "athena", zuri: "luna", baraka: "orion" },
};

const soundTypes = [
  { contentType: "audio/wav", signature: [0x52, 0x49, 0x46, 0x46] },
  { contentType: "audio/mpeg", signature: [0x49, 0x44, 0x33] },
  { contentType: "audio/ogg", signature: [0x4f, 0x67, 0x67, 0x53] },
  { contentType: "audio/flac", signature: [0x66, 0x4c, 0x61, 0x43] },
];

/** Deepgram's take a speaker, MeloTTS a language; both answer with sound, or with sound in base64. */
export async function speakText(runner: ModelRunner, model: string, ask: Ask): Promise<ModelAnswer> {
  const { text, language, name } = ask;
  const speaker = speakers[model]?.[name];
  const input = speaker === undefined ? { prompt: text, lang: language } : { text, speaker };
  return askModel(runner, model, input, (answer) => {
    const bytes = readBytes(answer, "audio");
    return { bytes, contentType: soundType(bytes), provider: model };
  });
}

/** Throws for what is no sound. */
function soundType(bytes: Uint8Array): string {
  const known = soundTypes.find(({ signature }) => startsWith(bytes, signature));
  if (known !== undefined) return known.contentType;
  // A frame of MPEG audio without a tag before it.
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && (second & 0xe0) === 0xe0) return "audio/mpeg";
  throw new Error("the answer is no sound");
}
