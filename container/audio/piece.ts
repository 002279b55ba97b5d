import type { Room } from "./reverb.ts";

/** A piece of music as the styles write it and the synthesiser plays it. Pitches are MIDI numbers, times in seconds. */
export type Instrument =
  | "kalimba"
  | "guitar"
  | "oud"
  | "keys"
  | "marimba"
  | "bell"
  | "staccato"
  | "bass"
  | "logDrum"
  | "kick"
  | "shaker"
  | "conga"
  | "rim";

/** `velocity` is 0 to 1; `pan` from -1, left, to 1, right. */
export type Note = { instrument: Instrument; pitch: number; startSeconds: number; velocity: number; pan: number };
/** A held chord of soft strings; `level` is 0 to 1. */
export type PadChord = { pitches: number[]; startSeconds: number; endSeconds: number; level: number };
export type Piece = { notes: Note[]; pads: PadChord[]; room: Room };
