import { endsClause, endsSentence } from "../../src/contract/sentence-marks.ts";
import type { EngineEvent } from "./frames.ts";
import type { Silence, WordMark } from "./word-times.ts";

/** Where the engine ended a clause, and how long the narrator should wait there. */
type ClauseEnd = { sample: number; pauseSeconds: number };

/** Sound from sample `from` up to `until`, copied so that it begins at `writtenAt`. */
type Stretch = { from: number; until: number; writtenAt: number };

type PacedSpeech = { samples: Float32Array; marks: WordMark[]; silences: Silence[] };

const sentencePauseSeconds = 0.35;
const colonPauseSeconds = 0.22;
const commaPauseSeconds = 0.15;
/** The engine also ends a clause where its buffer is full: there the voice goes on. */
const breathlessPauseSeconds = 0.03;
/** Kept before the first sound and after the last one, so that neither is clipped. */
const edgeSeconds = 0.03;
/** 50 dB under full scale: the engine's own voice, at half volume, is some 30 dB louder. */
const silentBelow = 0.003;

function pauseAfter(text: string, character: number): number {
  const mark =
    text
      .slice(0, character + 1)
      .trimEnd()
      .at(-1) ?? "";
  if (endsSentence(mark)) return sentencePauseSeconds;
  if (/[;:؛፤፥፦；：]/u.test(mark)) return colonPauseSeconds;
  return endsClause(mark) ? commaPauseSeconds : breathlessPauseSeconds;
}

function lastSoundBefore(samples: Float32Array, end: number, start: number): number {
  let index = Math.min(end, samples.length) - 1;
  while (index >= start && Math.abs(samples[index] ?? 0) < silentBelow) index -= 1;
  return index + 1;
}

function firstSoundFrom(samples: Float32Array, start: number): number {
  let index = start;
  while (index < samples.length && Math.abs(samples[index] ?? 0) < silentBelow) index += 1;
  return index;
}

/**
 * Gives each clause the pause its punctuation asks for, in place of the engine's own, and moves the marks along.
 * A faster voice pauses less. The speech begins and ends within a few hundredths of a second of its sound.
 */
export function paceSpeech(
  samples: Float32Array,
  sampleRate: number,
  events: EngineEvent[],
  text: string,
  speed: number,
): PacedSpeech {
  let sound = firstSoundFrom(samples, 0);
  if (sound === samples.length) return { samples: new Float32Array(0), marks: [], silences: [] };
  const edge = Math.round(edgeSeconds * sampleRate);
  const toSample = (timeMs: number) => Math.round((timeMs / 1000) * sampleRate);
  const clauses: ClauseEnd[] = events
    .filter(({ kind }) => kind === "clauseEnd")
    .map(({ character, timeMs }) => ({ sample: toSample(timeMs), pauseSeconds: pauseAfter(text, character) / speed }));

  const output = new Float32Array(
    samples.length + clauses.reduce((sum, clause) => sum + Math.ceil(clause.pauseSeconds * sampleRate), 0),
  );
  const stretches: Stretch[] = [];
  const silences: Silence[] = [];
  let written = 0;
  let lead = Math.min(edge, sound);
  const copyStretch = (until: number, tail: number) => {
    const from = sound - lead;
    output.set(samples.subarray(from, until + tail), written);
    stretches.push({ from: sound, until, writtenAt: written + lead });
    written += until + tail - from;
  };
  for (const { sample, pauseSeconds } of clauses) {
    const quiet = lastSoundBefore(samples, sample, sound);
    const loud = firstSoundFrom(samples, quiet);
    if (quiet <= sound || loud >= samples.length) continue;
    const pause = Math.round(pauseSeconds * sampleRate);
    const tail = Math.min(edge, Math.floor(pause / 2), loud - quiet);
    copyStretch(quiet, tail);
    sound = loud;
    lead = Math.min(edge, loud - quiet - tail, pause - tail);
    silences.push({ startSeconds: (written - tail) / sampleRate, endSeconds: (written - tail + pause) / sampleRate });
    written += pause - tail - lead;
  }
  const end = lastSoundBefore(samples, samples.length, sound);
  copyStretch(end, Math.min(edge, samples.length - end));

  const marks = events
    .filter(({ kind }) => kind === "word")
    .map(({ character, timeMs }) => {
      const sample = toSample(timeMs);
      const stretch = stretches.find(({ until }) => sample < until);
      const moved = stretch ? stretch.writtenAt + Math.max(0, sample - stretch.from) : written;
      return { character, seconds: moved / sampleRate };
    });
  return { samples: output.slice(0, written), marks, silences };
}
