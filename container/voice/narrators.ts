import type { SpokenLanguage, VoiceName } from "../../src/contract/video.ts";
import type { VoiceSettings } from "./frames.ts";
import type { VoiceTone } from "./polish.ts";

type Narrator = { settings: VoiceSettings; tone: VoiceTone };

type EngineVoice = {
  /** The engine's own name for the language's voice. */
  voice: string;
  /** Words a minute, as the engine counts them, at which the language sounds unhurried. */
  rate: number;
  pitch: number;
  range: number;
};

const engineVoices: Readonly<Record<SpokenLanguage, EngineVoice>> = {
  en: { voice: "gmw/en-US", rate: 160, pitch: 48, range: 58 },
  sw: { voice: "bnt/sw", rate: 182, pitch: 48, range: 60 },
  sheng: { voice: "bnt/sw", rate: 182, pitch: 48, range: 60 },
  fr: { voice: "roa/fr", rate: 132, pitch: 48, range: 58 },
  ar: { voice: "sem/ar", rate: 150, pitch: 48, range: 58 },
  am: { voice: "sem/am", rate: 140, pitch: 48, range: 58 },
  om: { voice: "cus/om", rate: 150, pitch: 48, range: 58 },
  tn: { voice: "bnt/tn", rate: 162, pitch: 48, range: 58 },
  af: { voice: "gmw/af", rate: 150, pitch: 48, range: 55 },
  pt: { voice: "roa/pt", rate: 156, pitch: 48, range: 58 },
  hi: { voice: "inc/hi", rate: 155, pitch: 48, range: 58 },
  es: { voice: "roa/es-419", rate: 165, pitch: 48, range: 58 },
  de: { voice: "gmw/de", rate: 138, pitch: 48, range: 58 },
  it: { voice: "roa/it", rate: 154, pitch: 48, range: 58 },
};

/** Where a tone is mended: hertz and width (Q). */
const toneBands = [
  { frequency: 165, q: 1.1 },
  { frequency: 260, q: 1.4 },
  { frequency: 400, q: 1.6 },
  { frequency: 630, q: 1.6 },
  { frequency: 1_000, q: 1.7 },
  { frequency: 1_500, q: 1.8 },
  { frequency: 2_100, q: 1.9 },
  { frequency: 3_000, q: 1.9 },
  { frequency: 4_200, q: 1.9 },
  { frequency: 6_000, q: 1.2 },
];

/**
 * Decibels for each band, fitted to the long-term average speech spectrum (Byrne 1994; men's, and women's for zuri) over
 * five sentences of each language: third octaves from 200 Hz to 5 kHz are then within 0.8 to 2.4 dB of it, as a root mean
 * square, where the engine's own are off by up to 4.7.
 */
const toneGains: Readonly<Record<Exclude<SpokenLanguage, "sheng">, Readonly<Record<VoiceName, readonly number[]>>>> = {
  en: {
    amani: [6, -3, 0.5, 0.5, -3.5, -1.5, -1.5, 0, 0, -2.5],
    zuri: [-4, 6, -1, -0.5, -0.5, -3.5, -3.5, 0.5, -4.5, 4],
    baraka: [2.5, -0.5, 0.5, 1.5, -3, -1, 0, 1, 1.5, -2],
  },
  sw: {
    amani: [6, -5, 4, 2.5, -7, 6, -2, -3.5, 2.5, 4],
    zuri: [-2, 4, 2, 4, -7, 1, 2.5, -4.5, 1, 4],
    baraka: [4, -2.5, 5.5, 1.5, -7, 6, -1.5, -1, 4, 4],
  },
  fr: {
    amani: [6, -2.5, 0.5, -0.5, -5, -0.5, -3, -2, 1.5, 3.5],
    zuri: [-7, 6, -2, -1.5, -7, -2, -6.5, -3, -4, 4],
    baraka: [2.5, 0, 1, 0.5, -4, 0, -1, -1, 4, 3.5],
  },
  ar: {
    amani: [6, -3, 6, 4, -7, -2.5, 2.5, 1, 1, -2.5],
    zuri: [-1.5, 5, 3, 6, -7, -6.5, 6, -1.5, -2, 4],
    baraka: [3.5, -1, 6, 3.5, -7, 1, 2, 1.5, 2.5, -2],
  },
  am: {
    amani: [6, -1.5, -0.5, 3.5, -7, -2, 2, -0.5, 0, -1],
    zuri: [-2, 6, -3.5, 3.5, -6.5, -4, -0.5, 0.5, -4, 4],
    baraka: [4.5, 0, 0, 5, -7, 0.5, 3.5, 0, 2, 0],
  },
  om: {
    amani: [6, -2.5, 2.5, -2.5, -7, 6, -2.5, -1.5, 0.5, 0],
    zuri: [-2, 6, 0.5, 0, -6.5, 1, 1, -3.5, -1.5, 4],
    baraka: [4.5, -2, 3.5, -2.5, -7, 6, -3, 0, 2, 0],
  },
  tn: {
    amani: [6, -1.5, 3, -2, -7, 0, 1, 1, 2, 2],
    zuri: [0, 6, 1.5, -0.5, -7, -2, 0.5, 0, 0.5, 4],
    baraka: [4.5, 0.5, 4.5, -1.5, -7, 3.5, 1.5, 3, 4, 3],
  },
  af: {
    amani: [6, -3.5, 3, -0.5, -7, 1.5, 1.5, -3, 2, 0.5],
    zuri: [-4.5, 6, 0.5, -1, -3, -4.5, 1.5, -1, -3.5, 4],
    baraka: [1.5, -1, 2.5, 0, -7, 3, 1.5, -2.5, 3.5, 0],
  },
  pt: {
    amani: [6, -4.5, 1, -1, -5.5, -0.5, -4, -1, -1, -4],
    zuri: [-4.5, 6, -1, -0.5, -3.5, 0, -6, 0, -5, 4],
    baraka: [3.5, -0.5, 2, 1, -3.5, 1, -1.5, 0.5, 1.5, -2],
  },
  hi: {
    amani: [6, -3, 1.5, 1, -7, 2.5, -3.5, -1, 0.5, 1],
    zuri: [-1, 6, 0, 2.5, -7, 0, 0, -3, -0.5, 4],
    baraka: [5, -1.5, 3, 1.5, -7, 6, -3.5, 1, 2, 1.5],
  },
  es: {
    amani: [6, -1.5, 1.5, 0, -6, -0.5, -3, -0.5, 0.5, -1],
    zuri: [-3, 6, 0.5, 0, -5, -1, -3.5, 0, -4, 4],
    baraka: [4, 0.5, 2, 0, -4.5, 0, -0.5, 0, 3.5, -1],
  },
  de: {
    amani: [6, -2.5, 2, 3, -7, 2, -1.5, -0.5, 2, 3],
    zuri: [-2.5, 6, -0.5, 3, -7, -2.5, 0.5, -2, -1, 4],
    baraka: [3, 0, 2.5, 3, -7, 4.5, -1.5, 0.5, 4, 2.5],
  },
  it: {
    amani: [6, -3, 2, 4.5, -7, 6, -4, 1, 1.5, -1.5],
    zuri: [-1.5, 5.5, -0.5, 4.5, -7, 1, -1.5, -2, -2.5, 4],
    baraka: [3.5, -1, 2, 3.5, -7, 6, -3, 1.5, 2.5, -2],
  },
};

/** Who reads a language under a name, `speed` times as fast as the language's own pace. */
export function narratorOf(language: SpokenLanguage, name: VoiceName, speed: number): Narrator {
  const { voice, rate, pitch, range } = engineVoices[language];
  const gains = toneGains[language === "sheng" ? "sw" : language][name];
  return {
    settings: { voice, variant: name, rate: Math.round(rate * speed), pitch, range },
    tone: toneBands.map((band, index) => ({ ...band, gainDb: gains[index] ?? 0 })),
  };
}
