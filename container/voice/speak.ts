import { type Language, sceneTextMaxCharacters } from "../../src/contract/video.ts";
import { RenderFault } from "../failure.ts";
import type { Speech } from "../scenes.ts";
import { superviseEngine } from "./engine-supervisor.ts";
import type { VoiceSettings } from "./frames.ts";
import { paceSpeech } from "./pauses.ts";
import { polishVoice, type VoiceTone } from "./polish.ts";
import { toSpokenText } from "./spoken-text.ts";
import { timeWords } from "./word-times.ts";

/** Reads narrations aloud, one after the other, in one language at one speed. */
export type Voice = {
  /**
   * The narration as sound, with the time of each written word. At most 600 characters, at most 60 s of waiting.
   * Rejects with a RenderFault (`voice_failed`), or with the signal's reason once it is aborted.
   */
  speak(narration: string): Promise<Speech>;
  /** Ends the process behind the voice. What is still being spoken rejects. */
  close(): void;
};

type Narrator = { settings: VoiceSettings; tone: VoiceTone };

/** Measured: each voice's third-octave spectrum against the long-term average speech spectrum (Byrne 1994). */
const narrators: Record<"english" | "swahili", Narrator> = {
  english: {
    settings: { voice: "gmw/en-US", rate: 160, pitch: 48, range: 58 },
    tone: [
      { frequency: 165, q: 0.9, gainDb: 5 },
      { frequency: 2_000, q: 0.9, gainDb: -3 },
      { frequency: 3_800, q: 1.2, gainDb: 1.5 },
    ],
  },
  swahili: {
    settings: { voice: "bnt/sw", rate: 182, pitch: 48, range: 60 },
    tone: [
      { frequency: 165, q: 0.9, gainDb: 5 },
      { frequency: 1_000, q: 1, gainDb: -5 },
      { frequency: 1_650, q: 1.8, gainDb: 4 },
      { frequency: 2_700, q: 1, gainDb: -5 },
      { frequency: 6_500, q: 0.7, gainDb: 7 },
    ],
  },
};

/** Opens a voice; `speed` 1 is its own. Rejects with a RenderFault when the engine does not start. */
export async function openVoice(options: { language: Language; speed: number; signal: AbortSignal }): Promise<Voice> {
  const { language, speed, signal } = options;
  const { settings, tone } = narrators[language === "en" ? "english" : "swahili"];
  const rate = Math.round(settings.rate * speed);
  const engine = await superviseEngine(signal);
  return {
    speak: async (narration) => {
      if ([...narration].length > sceneTextMaxCharacters) {
        throw refusal(`A scene has at most ${sceneTextMaxCharacters} characters to read aloud.`);
      }
      const { text, words } = toSpokenText(narration, language);
      if (text === "") throw refusal(nothingToSay);
      const { reply, body } = await engine.ask({ text, settings: { ...settings, rate } });
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
