import { pitchHertz } from "./instruments.ts";
import type { PadChord } from "./piece.ts";

const tableSize = 2_048;
/** Each partial's level falls with this power of its number: dark, so that it sits under a voice. */
const darkness = 1.9;
const partials = 9;
const detuneCents = 5;
const attackSeconds = 0.9;
const releaseSeconds = 1.1;
const swellHertz = 0.13;
/** The envelope is worked out this often and drawn straight between. */
const stepSamples = 64;

const table = Float32Array.from({ length: tableSize + 1 }, (_, index) => {
  let value = 0;
  for (let partial = 1; partial <= partials; partial += 1) {
    value += Math.sin((2 * Math.PI * partial * index) / tableSize + partial * partial) / partial ** darkness;
  }
  return value * 0.5;
});

/** Adds a chord of soft strings; left and right are tuned a few cents apart, which makes it wide. */
export function addPad(left: Float32Array, right: Float32Array, sampleRate: number, chord: PadChord): void {
  const start = Math.max(0, Math.round(chord.startSeconds * sampleRate));
  const end = Math.min(left.length, Math.round((chord.endSeconds + releaseSeconds) * sampleRate));
  const heldSeconds = chord.endSeconds - chord.startSeconds;
  const attack = Math.min(attackSeconds, heldSeconds);
  for (const [order, pitch] of chord.pitches.entries()) {
    const swing = (order / chord.pitches.length) * 2 * Math.PI;
    const envelope = (seconds: number) => {
      const rise = Math.sin((Math.PI / 2) * Math.min(1, seconds / attack)) ** 2;
      const fall = Math.cos((Math.PI / 2) * Math.min(1, Math.max(0, seconds - heldSeconds) / releaseSeconds)) ** 2;
      const swell = 0.85 + 0.15 * Math.sin(2 * Math.PI * swellHertz * (seconds + chord.startSeconds) + swing);
      return (chord.level * rise * fall * swell) / chord.pitches.length;
    };
    const step = (cents: number) => (pitchHertz(pitch + cents / 100) * tableSize) / sampleRate;
    addOscillator(left, start, end, sampleRate, step(-detuneCents), order * 311, envelope);
    addOscillator(right, start, end, sampleRate, step(detuneCents), order * 311 + 700, envelope);
  }
}

function addOscillator(
  samples: Float32Array,
  start: number,
  end: number,
  sampleRate: number,
  step: number,
  firstPhase: number,
  envelope: (seconds: number) => number,
): void {
  let phase = firstPhase % tableSize;
  let level = 0;
  for (let block = start; block < end; block += stepSamples) {
    const blockEnd = Math.min(end, block + stepSamples);
    const slope = (envelope((blockEnd - start) / sampleRate) - level) / (blockEnd - block);
    for (let index = block; index < blockEnd; index += 1) {
      const at = phase | 0;
      const low = table[at] as number;
      samples[index] = (samples[index] as number) + level * (low + ((table[at + 1] as number) - low) * (phase - at));
      level += slope;
      phase += step;
      if (phase >= tableSize) phase -= tableSize;
    }
  }
}
