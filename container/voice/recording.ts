import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Language, sceneDurationMaxSeconds } from "../../src/contract/video.ts";
import { filterInPlace, highPass } from "../audio/biquad.ts";
import { RenderFault } from "../failure.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import type { Speech } from "../scenes.ts";
import { levelSpeech } from "./polish.ts";
import { type Sound, timeRecordedWords } from "./recording-times.ts";

const sampleRate = 48_000;
/** Room for silence at both ends of the longest recording, which is cut off. */
const decodedMaxSeconds = sceneDurationMaxSeconds + 15;
const edgeSeconds = 0.1;
const rumbleHertz = 60;

/** What a phone, a studio or a speech model writes; nothing that names other files. */
const formats = "wav,w64,aiff,caf,mp3,aac,flac,ogg,mov,matroska,amr,amrnb,amrwb";

const blockSeconds = 0.01;
/** Shorter gaps are the closed lips of a consonant. */
const pauseMinSeconds = 0.14;
/** Shorter sounds are clicks. */
const soundMinSeconds = 0.05;
/** A recording whose loudest moment is under this holds no voice: decibels under full scale. */
const inaudibleDb = -55;

/**
 * Somebody reading `text`: an audio file that was probed before, as speech of 48 kHz. Long silence at both ends is cut to a
 * tenth of a second, the level is that of every other voice, and the words are timed by the pauses between them. `speed`
 * makes the reading faster or slower at the same pitch, 0.5 to 2. Rejects with RenderFault `media_refused` when there is no
 * sound, or more than 60 s of it; with the signal's reason once that is aborted.
 */
export async function readRecording(
  file: string,
  text: string,
  options: { language: Language; signal: AbortSignal; speed?: number },
): Promise<Speech> {
  const { language, signal, speed = 1 } = options;
  const decoded = await decode(file, speed, signal);
  filterInPlace(decoded, highPass(rumbleHertz, Math.SQRT1_2, sampleRate));
  const sounds = findSounds(decoded);
  const [first, last] = [sounds[0], sounds.at(-1)];
  if (first === undefined || last === undefined) throw refused("There is no sound in this recording.");
  const from = Math.max(0, Math.round((first.startSeconds - edgeSeconds) * sampleRate));
  const until = Math.min(decoded.length, Math.round((last.endSeconds + edgeSeconds) * sampleRate));
  if (until - from > sceneDurationMaxSeconds * sampleRate) {
    throw refused(`This recording is longer than ${sceneDurationMaxSeconds} seconds.`);
  }
  const samples = decoded.slice(from, until);
  levelSpeech(samples, sampleRate);
  const offset = from / sampleRate;
  const moved = sounds.map(({ startSeconds, endSeconds }) => ({
    startSeconds: startSeconds - offset,
    endSeconds: endSeconds - offset,
  }));
  return { samples, sampleRate, words: timeRecordedWords(text, language, moved) };
}

async function decode(file: string, speed: number, signal: AbortSignal): Promise<Float32Array> {
  const directory = await mkdtemp(path.join(tmpdir(), "recording-"));
  try {
    const output = path.join(directory, "voice.f32");
    const input = [
      "-protocol_whitelist",
      "file,pipe",
      "-format_whitelist",
      formats,
      "-i",
      `file:${path.resolve(file)}`,
    ];
    const tempo = speed === 1 ? [] : ["-af", `atempo=${speed}`];
    const sound = ["-map", "0:a:0", ...tempo, "-ac", "1", "-ar", String(sampleRate), "-t", String(decodedMaxSeconds)];
    await runFfmpeg([...input, ...sound, "-f", "f32le", `file:${output}`], { signal });
    const bytes = await readFile(output);
    return new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength - (bytes.byteLength % 4)),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RenderFault && error.code === "encode_failed")
      throw refused("This recording cannot be played.", error);
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Where something is heard: louder than the room, and not much quieter than the voice. */
function findSounds(samples: Float32Array): Sound[] {
  const block = Math.round(blockSeconds * sampleRate);
  const levels: number[] = [];
  for (let start = 0; start < samples.length; start += block) {
    const end = Math.min(samples.length, start + block);
    let energy = 1e-12;
    for (let index = start; index < end; index += 1) energy += (samples[index] ?? 0) ** 2;
    levels.push(10 * Math.log10(energy / (end - start)));
  }
  const sorted = levels.toSorted((left, right) => left - right);
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? inaudibleDb;
  const voiceDb = at(0.95);
  if (voiceDb < inaudibleDb) return [];
  // A recording without pauses has no room to hear: then what is far under the voice counts as silence.
  const thresholdDb = Math.min(voiceDb - 18, Math.max(voiceDb - 34, at(0.05) + 8));

  const sounds: Sound[] = [];
  let start: number | undefined;
  let quiet = 0;
  const close = (endBlock: number) => {
    if (start !== undefined && (endBlock - start) * blockSeconds >= soundMinSeconds) {
      sounds.push({
        startSeconds: start * blockSeconds,
        endSeconds: Math.min(endBlock * blockSeconds, samples.length / sampleRate),
      });
    }
    start = undefined;
  };
  for (const [index, level] of levels.entries()) {
    if (level >= thresholdDb) {
      start ??= index;
      quiet = 0;
    } else {
      quiet += 1;
      if (quiet * blockSeconds >= pauseMinSeconds) close(index + 1 - quiet);
    }
  }
  close(levels.length - quiet);
  return sounds;
}

function refused(detail: string, cause?: unknown): RenderFault {
  return new RenderFault("media_refused", detail, { isRetryable: false, cause });
}
