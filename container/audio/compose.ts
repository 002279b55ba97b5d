import type { MusicMood } from "../../src/contract/video.ts";
import { createRandom, type Random } from "../random.ts";
import { brightStyle } from "./bright-style.ts";
import { calmStyle } from "./calm-style.ts";
import { driveStyle } from "./drive-style.ts";
import { leadVoices, planDegrees } from "./harmony.ts";
import { createTune } from "./melody.ts";
import { newsStyle } from "./news-style.ts";
import type { Instrument, Note, PadChord, Piece } from "./piece.ts";
import type { Bar, Fullness, Style } from "./style.ts";
import { warmStyle } from "./warm-style.ts";
import { worshipStyle } from "./worship-style.ts";

export type Mood = Exclude<MusicMood, "none">;

const styles: Record<Mood, Style> = {
  calm: calmStyle,
  bright: brightStyle,
  drive: driveStyle,
  warm: warmStyle,
  worship: worshipStyle,
  news: newsStyle,
};

const barsPerPhrase = 4;
/** The last chord rings this long, or a third of a very short piece. */
const ringSeconds = 3.5;
/** As far as a good player strays from the beat. */
const looseSeconds = 0.006;
const lowestTonic = 48;

function fullnessOf(random: Random, phrases: number): Fullness[] {
  const shape = random.pick<Fullness[]>([
    [1, 2, 3, 2],
    [1, 2, 2, 3],
    [1, 3, 2, 3],
  ]);
  return Array.from({ length: phrases }, (_, phrase) => {
    if (phrase === 0) return phrases > 2 ? 0 : 1;
    return phrase === phrases - 1 && phrases > 3 ? 2 : (shape[(phrase - 1) % shape.length] ?? 2);
  });
}

/** A whole piece of a mood: an intro, phrases that fill and thin out, a cadence, and the tonic ringing at the end. */
export function compose(mood: Mood, seed: string, durationSeconds: number): Piece {
  const random = createRandom(`music ${mood} ${seed}`);
  const style = styles[mood];
  const ring = Math.min(ringSeconds, durationSeconds / 3);
  const bars = Math.max(1, Math.round((durationSeconds - ring) / random.between(...style.barSeconds)));
  const barSeconds = (durationSeconds - ring) / bars;
  const stepSeconds = barSeconds / style.stepsPerBar;
  const tonic = lowestTonic + random.whole(0, 11);
  const chords = leadVoices(
    tonic,
    style.scale,
    planDegrees(random, style.progressions, bars, style.cadence),
    style.chordSize,
  );
  const fullness = fullnessOf(random, Math.ceil(bars / barsPerPhrase));
  const writeBar = style.begin(random);
  const tune = createTune(random, style, tonic);
  const notes: Note[] = [];
  const pads: PadChord[] = [];

  chords.forEach((chord, number) => {
    const startSeconds = number * barSeconds;
    const isEnd = number === bars;
    pads.push({
      pitches: chord.voices,
      startSeconds,
      endSeconds: isEnd ? durationSeconds : startSeconds + barSeconds,
      level: isEnd ? style.padLevel * 1.5 : style.padLevel,
    });
    const play = (instrument: Instrument, pitch: number, step: number, velocity: number, pan = 0) => {
      const late = step % 2 === 1 ? style.swing * stepSeconds : 0;
      const stray = random.between(-looseSeconds, looseSeconds);
      notes.push({
        instrument,
        pitch,
        startSeconds: Math.max(0, startSeconds + step * stepSeconds + late + stray),
        velocity: velocity * random.between(0.86, 1.08),
        pan,
      });
    };
    if (isEnd) {
      endOn(chord.voices, chord.bass, style, stepSeconds, play);
      return;
    }
    const bar: Bar = {
      number,
      chord,
      next: chords[number + 1] ?? chord,
      fullness: fullness[Math.floor(number / barsPerPhrase)] ?? 2,
      isLastOfPhrase: number % barsPerPhrase === barsPerPhrase - 1 || number === bars - 1,
    };
    writeBar(bar, { random, play, tune });
  });
  return { notes, pads, room: style.room };
}

/** The last chord, spread upwards as a hand would. */
function endOn(
  voices: number[],
  bass: number,
  { ending }: Style,
  stepSeconds: number,
  play: (instrument: Instrument, pitch: number, step: number, velocity: number, pan?: number) => void,
): void {
  const spreadSteps = 0.055 / stepSeconds;
  voices.forEach((pitch, order) => {
    play(ending.instrument, pitch + 12, order * spreadSteps, 0.85, order * 0.25 - 0.35);
  });
  play("bass", bass, 0, 0.75);
  if (ending.hasKick) play("kick", 0, 0, 0.6);
}
