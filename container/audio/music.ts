import { filterInPlace, highPass, highShelf, peaking } from "./biquad.ts";
import { compose, type Mood } from "./compose.ts";
import { createInstruments } from "./instruments.ts";
import { addPad } from "./pad.ts";
import type { Instrument } from "./piece.ts";
import { addRoom } from "./reverb.ts";

type MusicRequest = { mood: Mood; seed: string; durationSeconds: number; sampleRate: number };
export type StereoSamples = { left: Float32Array; right: Float32Array };

/** Each instrument's place in the balance. */
const balance: Record<Instrument, number> = {
  kalimba: 0.24,
  guitar: 0.42,
  keys: 0.16,
  bass: 0.34,
  logDrum: 0.34,
  kick: 0.42,
  shaker: 0.28,
  conga: 0.27,
  rim: 0.28,
  marimba: 0.34,
  bell: 0.2,
  staccato: 0.24,
  oud: 0.36,
};

const fadeInSeconds = 0.3;
const fadeOutSeconds = 1;
const peakMax = 0.89;

/**
 * A piece of music of exactly `durationSeconds`, composed and played here: the same request is the same piece, another
 * seed another key, tempo, harmony and tune. Peaks stay below 0.9.
 */
export function composeMusic({ mood, seed, durationSeconds, sampleRate }: MusicRequest): StereoSamples {
  const length = Math.round(durationSeconds * sampleRate);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  const { notes, pads, room } = compose(mood, seed, durationSeconds);
  for (const pad of pads) addPad(left, right, sampleRate, { ...pad, level: pad.level * 0.5 });
  const soundOf = createInstruments(sampleRate);
  for (const { instrument, pitch, startSeconds, velocity, pan } of notes) {
    const level = velocity * balance[instrument];
    const angle = ((pan + 1) * Math.PI) / 4;
    const start = Math.round(startSeconds * sampleRate);
    addSound(left, soundOf(instrument, pitch), start, level * Math.cos(angle) * Math.SQRT2);
    addSound(right, soundOf(instrument, pitch), start, level * Math.sin(angle) * Math.SQRT2);
  }
  addRoom(left, right, sampleRate, room);
  for (const channel of [left, right]) {
    filterInPlace(channel, highPass(32, Math.SQRT1_2, sampleRate));
    // Leaves the voice its consonants.
    filterInPlace(channel, peaking(2_300, 0.7, -2, sampleRate));
    filterInPlace(channel, highShelf(4_500, Math.SQRT1_2, 3.5, sampleRate));
  }
  finish(left, right, sampleRate);
  return { left, right };
}

function addSound(channel: Float32Array, sound: Float32Array, start: number, level: number): void {
  const count = Math.min(sound.length, channel.length - start);
  for (let index = 0; index < count; index += 1) {
    channel[start + index] = (channel[start + index] as number) + (sound[index] as number) * level;
  }
}

/** Fades the ends and brings the highest peak to its place. */
function finish(left: Float32Array, right: Float32Array, sampleRate: number): void {
  let peak = 0;
  for (let index = 0; index < left.length; index += 1) {
    peak = Math.max(peak, Math.abs(left[index] as number), Math.abs(right[index] as number));
  }
  const gain = peak === 0 ? 0 : peakMax / peak;
  const fadeIn = Math.min(left.length / 4, fadeInSeconds * sampleRate);
  const fadeOut = Math.min(left.length / 3, fadeOutSeconds * sampleRate);
  for (let index = 0; index < left.length; index += 1) {
    const rise = Math.min(1, index / fadeIn);
    const fall = Math.min(1, (left.length - 1 - index) / fadeOut);
    const level = gain * rise * fall * fall;
    left[index] = (left[index] as number) * level;
    right[index] = (right[index] as number) * level;
  }
}
