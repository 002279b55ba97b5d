import type { MusicMood } from "../../src/contract/video.ts";
import type { Speech } from "../scenes.ts";
import { duckingCurve, type Interval } from "./ducking.ts";
import { applyGain } from "./gain-curve.ts";
import { limitingCurve, truePeaks } from "./limiter.ts";
import { integratedLoudness, silenceLufs } from "./loudness.ts";
import { composeMusic, type StereoSamples } from "./music.ts";
import { resample } from "./resample.ts";
import { addRoom, type Room } from "./reverb.ts";

export type SpokenScene = { speech: Speech; startSeconds: number };
export type MixdownRequest = { scenes: SpokenScene[]; music: MusicMood; seed: string; durationSeconds: number };
export type MixLevels = { integratedLufs: number; truePeakDb: number };
export type Mixdown = StereoSamples & MixLevels;

export const mixSampleRate = 48_000;
const targetLufs = -14;
/** AAC at 160 kbit/s was measured to add up to 0.4 dB to a peak: this leaves the file below -1 dBTP. */
const ceilingDb = -1.8;
const closeEnoughLu = 0.05;
const gainAttemptsMax = 5;
/** The limiter takes back about a third of what is added: ask for that much more. */
const limitedShare = 1.4;

/** Before the whole is brought to its target: every scene's voice equally loud, the bed this far under it. */
const voiceLufs = -18;
const bedLufs = -24;
/** A small dry room, so that the voice does not stand in nothing. */
const voiceRoom: Room = { decaySeconds: 0.32, wet: 0.07, dampingHertz: 4_500, lowCutHertz: 300 };
const voiceRoomTailSeconds = 0.35;

/** Where someone speaks, on the video's clock. */
function speechIntervals(scenes: SpokenScene[]): Interval[] {
  return scenes.map(({ speech: { words, samples, sampleRate }, startSeconds }) => ({
    startSeconds: startSeconds + (words[0]?.startSeconds ?? 0),
    endSeconds: startSeconds + (words.at(-1)?.endSeconds ?? samples.length / sampleRate),
  }));
}

/**
 * The whole sound of a video, 48 kHz stereo: the bed, ducked under the narration, at -14 LUFS with true peaks under
 * -1.8 dB. Takes most of a second of one core for a minute: run it away from the event loop.
 */
export function mixDown({ scenes, music, seed, durationSeconds }: MixdownRequest): Mixdown {
  const { left, right } = layBed(scenes, music, seed, durationSeconds);
  for (const scene of scenes) layVoice(left, right, scene);
  return { left, right, ...bringToTarget(left, right) };
}

function layBed(scenes: SpokenScene[], mood: MusicMood, seed: string, durationSeconds: number): StereoSamples {
  if (mood === "none") {
    const length = Math.round(durationSeconds * mixSampleRate);
    return { left: new Float32Array(length), right: new Float32Array(length) };
  }
  const bed = composeMusic({ mood, seed, durationSeconds, sampleRate: mixSampleRate });
  const lufs = integratedLoudness([bed.left, bed.right], mixSampleRate);
  const curve = duckingCurve(speechIntervals(scenes), durationSeconds, mixSampleRate);
  const gain = 10 ** ((bedLufs - lufs) / 20);
  curve.values.forEach((value, step) => {
    curve.values[step] = value * gain;
  });
  applyGain(bed.left, curve);
  applyGain(bed.right, curve);
  return bed;
}

function layVoice(left: Float32Array, right: Float32Array, { speech, startSeconds }: SpokenScene): void {
  const dry = resample(speech.samples, speech.sampleRate, mixSampleRate);
  const lufs = integratedLoudness([dry, dry], mixSampleRate);
  if (lufs <= silenceLufs) return;
  const gain = 10 ** ((voiceLufs - lufs) / 20);
  const tail = Math.round(voiceRoomTailSeconds * mixSampleRate);
  const roomLeft = new Float32Array(dry.length + tail);
  roomLeft.set(dry);
  const roomRight = roomLeft.slice();
  addRoom(roomLeft, roomRight, mixSampleRate, voiceRoom);
  const start = Math.round(startSeconds * mixSampleRate);
  const count = Math.min(roomLeft.length, left.length - start);
  for (let index = 0; index < count; index += 1) {
    left[start + index] = (left[start + index] as number) + (roomLeft[index] as number) * gain;
    right[start + index] = (right[start + index] as number) + (roomRight[index] as number) * gain;
  }
}

/** Measures, turns up and limits, and does so again until the limited sound is as loud as it should be. */
function bringToTarget(left: Float32Array, right: Float32Array): MixLevels {
  let lufs = integratedLoudness([left, right], mixSampleRate);
  if (lufs <= silenceLufs) return { integratedLufs: silenceLufs, truePeakDb: silenceLufs };
  const ceiling = 10 ** (ceilingDb / 20);
  let gain = 10 ** ((targetLufs - lufs) / 20);
  const peaks = truePeaks(left, right, (ceiling / gain) * 0.8);
  let curve = limitingCurve(peaks, gain, ceiling);
  for (let attempt = 0; attempt < gainAttemptsMax; attempt += 1) {
    lufs = integratedLoudness([left, right], mixSampleRate, curve);
    if (Math.abs(lufs - targetLufs) <= closeEnoughLu) break;
    gain *= 10 ** (((targetLufs - lufs) * limitedShare) / 20);
    curve = limitingCurve(peaks, gain, ceiling);
  }
  applyGain(left, curve);
  applyGain(right, curve);
  const highest = truePeaks(left, right, ceiling / 2).reduce((best, peak) => Math.max(best, peak), 0);
  return { integratedLufs: lufs, truePeakDb: 20 * Math.log10(highest) };
}
