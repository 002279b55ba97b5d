import type { Random } from "../random.ts";
import type { Chord, Progression, Scale } from "./harmony.ts";
import type { Note } from "./piece.ts";
import type { Room } from "./reverb.ts";

/** How full a phrase is: 0 pads and a few notes, 1 adds the bass, 2 the percussion and the melody, 3 everything. */
export type Fullness = 0 | 1 | 2 | 3;

export type Bar = {
  /** Counted from 0. */
  number: number;
  chord: Chord;
  next: Chord;
  fullness: Fullness;
  isLastOfPhrase: boolean;
};

/** What a style writes one bar with. Steps divide the bar evenly; a `velocity` is varied a little, as a hand would. */
export type Writer = {
  random: Random;
  play(instrument: Note["instrument"], pitch: number, step: number, velocity: number, pan?: number): void;
  /** The piece's tune, where it has one in this bar. */
  tune(bar: Bar): { step: number; pitch: number; velocity: number }[];
};

export type Style = {
  scale: Scale;
  chordSize: 3 | 4;
  stepsPerBar: number;
  /** The seed picks a tempo between the two. */
  barSeconds: readonly [number, number];
  /** How late every second step comes, as a part of a step. */
  swing: number;
  progressions: readonly [Progression, ...Progression[]];
  /** The degree before the last tonic. */
  cadence: number;
  padLevel: number;
  /** What spreads the last chord, and whether a drum marks it. */
  ending: { instrument: Note["instrument"]; hasKick: boolean };
  room: Room;
  melody: {
    ladder: readonly number[];
    lowest: number;
    highest: number;
    strongSteps: readonly number[];
    notesPerBar: number;
  };
  /** Chooses what the piece keeps throughout (a drum pattern, a picking order), then writes bar after bar. */
  begin(random: Random): (bar: Bar, writer: Writer) => void;
};
