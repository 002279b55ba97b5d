import { type Language, sceneTextMaxCharacters, spokenLanguages, type VoiceName } from "../../src/contract/video.ts";
import { RenderFault } from "../failure.ts";
import type { Speech } from "../scenes.ts";
import { superviseEngine } from "./engine-supervisor.ts";
import { narratorOf } from "./narrators.ts";
import { paceSpeech } from "./pauses.ts";
import { polishVoice } from "./polish.ts";
import { toSpokenText } from "./spoken-text.ts";
import { timeWords } from "./word-times.ts";

/** Reads narrations aloud in one language, one after the other. */
export type Voice = {
  /**
   * The narration as sound, with the time of each written word. At most 600 characters, at most 60 s of waiting; `speed` 1
   * is the language's own pace. Rejects with a RenderFault (`voice_failed`), or with the signal's reason once it is aborted.
   */
  speak(narration: string, manner: { name: VoiceName; speed: number }): Promise<Speech>;
  /** Ends the process behind the voice. What is still being spoken rejects. */
  close(): void;
};

/** Opens a voice. Rejects with a RenderFault when the engine does not start, or has no voice for the language. */
export async function openVoice(options: { language: Language; signal: AbortSignal }): Promise<Voice> {
  const { signal } = options;
  const language = spokenLanguages.find((spoken) => spoken === options.language);
  if (language === undefined) {
    throw refusal("No voice speaks this language yet. Add a recording to each scene, or ask for the premium voice.");
  }
  const engine = await superviseEngine(signal);
  return {
    speak: async (narration, { name, speed }) => {
      if ([...narration].length > sceneTextMaxCharacters) {
        throw refusal(`A scene has at most ${sceneTextMaxCharacters} characters to read aloud.`);
      }
      const { text, words } = toSpokenText(narration, language);
      if (text === "") throw refusal(nothingToSay);
      const { settings, tone } = narratorOf(language, name, speed);
      const { reply, body } = await engine.ask({ text, settings });
      if (reply.kind !== "spoken") throw refusal(reply.kind === "refused" ? reply.reason : "The voice gave no answer.");
      const { samples, marks, silences } = paceSpeech(toSamples(body), reply.sampleRate, reply.events, text, speed);
      if (samples.length === 0) throw refusal(nothingToSay);
      polishVoice(samples, reply.sampleRate, tone);
      const durationSeconds = samples.length / reply.sampleRate;
      return { samples, sampleRate: reply.sampleRate, words: timeWords(words, marks, silences, durationSeconds) };
    },
    close: engine.close,
  };
}

const nothingToSay = "There is nothing in this text that the voice can read aloud.";

function refusal(detail: string): RenderFault {
  return new RenderFault("voice_failed", detail, { isRetryable: false });
}

/** 16-bit little-endian, as the pipe carries it. */
function toSamples(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(bytes.byteLength >> 1);
  for (let index = 0; index < samples.length; index += 1) samples[index] = view.getInt16(index * 2, true) / 32_768;
  return samples;
}
