import { filterInPlace, highPass, highShelf, peaking } from "../audio/biquad.ts";

/** How a language's voice departs from the long-term average speech spectrum, mended: hertz, width (Q), decibels. */
export type VoiceTone = { frequency: number; q: number; gainDb: number }[];

const rumbleHertz = 70;
const harshAboveHertz = 5_200;
const harshCutDb = -3;

const thresholdDb = -26;
const ratio = 2.5;
const attackSeconds = 0.006;
const releaseSeconds = 0.14;

/** Speech as a scene carries it: this loud while it sounds, with room above for its peaks. */
const levelDb = -20;
const peakMax = 0.9;
/** Stretches this far under the loudest do not count towards the level: they are pauses. */
const gateDb = -30;
const blockSeconds = 0.05;

function compress(samples: Float32Array, sampleRate: number): void {
  const attack = Math.exp(-1 / (attackSeconds * sampleRate));
  const release = Math.exp(-1 / (releaseSeconds * sampleRate));
  const threshold = 10 ** (thresholdDb / 10);
  const power = (1 / ratio - 1) / 2;
  let energy = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index] as number;
    const square = sample * sample;
    const keep = square > energy ? attack : release;
    energy = square + (energy - square) * keep;
    if (energy > threshold) samples[index] = sample * (energy / threshold) ** power;
  }
}

function levelOf(samples: Float32Array, sampleRate: number): number {
  const block = Math.round(blockSeconds * sampleRate);
  const energies: number[] = [];
  for (let start = 0; start < samples.length; start += block) {
    let energy = 0;
    const end = Math.min(samples.length, start + block);
    for (let index = start; index < end; index += 1) energy += (samples[index] as number) ** 2;
    energies.push(energy / (end - start));
  }
  const gate = Math.max(...energies, 0) * 10 ** (gateDb / 10);
  const loud = energies.filter((energy) => energy > gate);
  return loud.length === 0 ? 0 : Math.sqrt(loud.reduce((sum, energy) => sum + energy, 0) / loud.length);
}

/**
 * Makes the engine's voice easier to listen to, where the samples stand: no rumble, the language's tone mended, hiss
 * and harshness eased, quiet words lifted towards loud ones, and every utterance equally loud.
 */
export function polishVoice(samples: Float32Array, sampleRate: number, tone: VoiceTone): void {
  filterInPlace(samples, highPass(rumbleHertz, Math.SQRT1_2, sampleRate));
  for (const { frequency, q, gainDb } of tone) filterInPlace(samples, peaking(frequency, q, gainDb, sampleRate));
  filterInPlace(samples, highShelf(harshAboveHertz, Math.SQRT1_2, harshCutDb, sampleRate));
  levelSpeech(samples, sampleRate);
  compress(samples, sampleRate);
  levelSpeech(samples, sampleRate);
}

/** Gain alone, in place: this speech as loud as all others, and no peak over the top. */
export function levelSpeech(samples: Float32Array, sampleRate: number): void {
  const level = levelOf(samples, sampleRate);
  if (level === 0) return;
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const gain = Math.min(10 ** (levelDb / 20) / level, peakMax / peak);
  for (let index = 0; index < samples.length; index += 1) samples[index] = (samples[index] as number) * gain;
}
