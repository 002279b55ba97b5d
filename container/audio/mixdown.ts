import type { MusicMood } from "../../src/contract/video.ts";
import type { Speech } from "../scenes.ts";
import { duckingCurve, type Interval } from "./ducking.ts";
import { applyGain } from "./gain-curve.ts";
import { limitingCurve, truePeaks } from "./limiter.ts";
import { integratedLoudness, silenceLufs } from "./loudness.ts";
import { composeMusic, type StereoSamples } from "./music.ts";
import { layOwnMusic } from "./own-music.ts";
import { resample } from "./resample.ts";
import { addRoom, type Room } from "./reverb.ts";

export type SpokenScene = { speech: Speech; startSeconds: number };
/** What lies under the voice: a piece composed here, or somebody's own recording. */
export type MixdownBed = { kind: "mood"; mood: MusicMood } | { kind: "own"; recording: StereoSamples };
export type MixdownRequest = {
  scenes: SpokenScene[];
  bed: MixdownBed;
  /** How far the bed steps back under a voice. */
  duckDb: number;
  loudnessLufs: number;
  seed: string;
  durationSeconds: number;
};
export type MixLevels = { integratedLufs: number; truePeakDb: number };
export type Mixdown = StereoSamples & MixLevels;

export const mixSampleRate = 48_000;
/**
 * AAC at 160 kbit/s was measured to add up to 0.4 dB to a peak at -14 LUFS, and up to 1.2 at -9, where the limiter has made
 * nearly everything a peak: this leaves the file below -1 dBTP.
 */
function ceilingFor(targetLufs: number): number {
  return 10 ** ((-1.8 - 0.2 * Math.max(0, targetLufs + 14)) / 20);
}
const closeEnoughLu = 0.05;
/** Loud targets need most of them: what the limiter takes back grows with what is added. */
const gainAttemptsMax = 12;
/** The limiter takes back about a third of what is added: ask for that much more. */
const limitedShare = 1.4;
/** Nobody is served by a step that overshoots. */
const leastGot = 0.15;

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
 * The whole sound of a video, 48 kHz stereo: the bed, ducked under the narration, at `loudnessLufs` with true peaks under
 * -1.8 dB, or less for loud targets. Takes most of a second of one core for a minute: run it away from the event loop.
 */
export function mixDown(request: MixdownRequest): Mixdown {
  const { left, right } = layBed(request);
  for (const scene of request.scenes) layVoice(left, right, scene);
  return { left, right, ...bringToTarget(left, right, request.loudnessLufs) };
}

function makeBed({ bed, seed, durationSeconds }: MixdownRequest): StereoSamples | undefined {
  if (bed.kind === "own") return layOwnMusic(bed.recording, durationSeconds, mixSampleRate);
  if (bed.mood === "none") return undefined;
  return composeMusic({ mood: bed.mood, seed, durationSeconds, sampleRate: mixSampleRate });
}

function layBed(request: MixdownRequest): StereoSamples {
  const { scenes, duckDb, durationSeconds } = request;
  const bed = makeBed(request);
  if (bed === undefined) {
    const length = Math.round(durationSeconds * mixSampleRate);
    return { left: new Float32Array(length), right: new Float32Array(length) };
  }
  const lufs = integratedLoudness([bed.left, bed.right], mixSampleRate);
  if (lufs <= silenceLufs) return bed;
  const curve = duckingCurve(speechIntervals(scenes), { durationSeconds, duckDb }, mixSampleRate);
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
function bringToTarget(left: Float32Array, right: Float32Array, targetLufs: number): MixLevels {
  let lufs = integratedLoudness([left, right], mixSampleRate);
  if (lufs <= silenceLufs) return { integratedLufs: silenceLufs, truePeakDb: silenceLufs };
  const ceiling = ceilingFor(targetLufs);
  let gain = 10 ** ((targetLufs - lufs) / 20);
  const peaks = truePeaks(left, right, (ceiling / gain) * 0.8);
  let curve = limitingCurve(peaks, gain, ceiling);
  let before: { gainDb: number; lufs: number } | undefined;
  for (let attempt = 0; attempt < gainAttemptsMax; attempt += 1) {
    lufs = integratedLoudness([left, right], mixSampleRate, curve);
    if (Math.abs(lufs - targetLufs) <= closeEnoughLu) break;
    const gainDb = 20 * Math.log10(gain);
    // What was got for what was added last time: the hotter, the less.
    const got = before && gainDb !== before.gainDb ? (lufs - before.lufs) / (gainDb - before.gainDb) : 1 / limitedShare;
    before = { gainDb, lufs };
    gain *= 10 ** ((targetLufs - lufs) / Math.min(1, Math.max(leastGot, got)) / 20);
    curve = limitingCurve(peaks, gain, ceiling);
  }
  applyGain(left, curve);
  applyGain(right, curve);
  const highest = truePeaks(left, right, ceiling / 2).reduce((best, peak) => Math.max(best, peak), 0);
  return { integratedLufs: lufs, truePeakDb: 20 * Math.log10(highest) };
}
