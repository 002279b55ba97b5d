import type { Random } from "../random.ts";

/** Pitches are MIDI numbers: 60 is middle C, 12 an octave. */
export type Chord = {
  /** Upper voices, led as smoothly as can be from the chord before. */
  voices: number[];
  bass: number;
};

/** Semitones above the tonic. */
export type Scale = readonly [number, number, number, number, number, number, number];
export const majorScale: Scale = [0, 2, 4, 5, 7, 9, 11];
export const minorScale: Scale = [0, 2, 3, 5, 7, 8, 10];

/** Degrees count from 0, the tonic; each lasts a bar. */
export type Progression = readonly number[];

const lowestVoice = 55;
const highestVoice = 76;
const lowestBass = 33;

function scalePitch(tonic: number, scale: Scale, degree: number): number {
  const octave = Math.floor(degree / 7);
  return tonic + octave * 12 + (scale[(((degree % 7) + 7) % 7) as 0] ?? 0);
}

/** Stacked thirds on a degree, as semitones above C: three notes, or four with the seventh. */
function chordClasses(tonic: number, scale: Scale, degree: number, size: 3 | 4): number[] {
  return Array.from({ length: size }, (_, third) => scalePitch(tonic, scale, degree + third * 2) % 12);
}

/** Every way to lay the chord in close position within the singing range. */
function layouts(classes: number[]): number[][] {
  const found: number[][] = [];
  for (let bottom = lowestVoice; bottom <= highestVoice - 8; bottom += 1) {
    const inversion = classes.indexOf(bottom % 12);
    if (inversion < 0) continue;
    let pitch = bottom;
    const voices = [pitch];
    for (let index = 1; index < classes.length; index += 1) {
      const target = classes[(inversion + index) % classes.length] ?? 0;
      pitch += (target - (pitch % 12) + 12) % 12 || 12;
      voices.push(pitch);
    }
    if (pitch <= highestVoice) found.push(voices);
  }
  return found;
}

function movement(from: number[], to: number[]): number {
  return to.reduce((sum, pitch, index) => sum + Math.abs(pitch - (from[Math.min(index, from.length - 1)] ?? pitch)), 0);
}

/** Chords for a line of degrees: each voice moves as little as it can, the bass stays within an octave and a half. */
export function leadVoices(tonic: number, scale: Scale, degrees: readonly number[], size: 3 | 4): Chord[] {
  const middle = [60, 64, 67, 71].slice(0, size);
  let previous = middle;
  return degrees.map((degree) => {
    const choices = layouts(chordClasses(tonic, scale, degree, size));
    const drift = (voices: number[]) => movement(previous, voices) + 0.35 * movement(middle, voices);
    const voices = choices.reduce((best, next) => (drift(next) < drift(best) ? next : best), choices[0] ?? middle);
    previous = voices;
    const root = scalePitch(tonic, scale, degree) % 12;
    return { voices, bass: lowestBass + ((root - (lowestBass % 12) + 12) % 12) };
  });
}

/**
 * A degree for each bar: the seed's two progressions in turn, a cadence before the end, and the tonic last, in a bar
 * past the end where the piece comes to rest.
 */
export function planDegrees(
  random: Random,
  progressions: readonly [Progression, ...Progression[]],
  bars: number,
  cadence: number,
) {
  const verse = random.pick(progressions);
  const others = progressions.filter((progression) => progression !== verse);
  const [first = verse, ...rest] = others;
  const bridge = random.pick([first, ...rest]);
  const degrees: number[] = [];
  for (let bar = 0; bar < bars; bar += 1) {
    const phrase = Math.floor(bar / 8);
    const line = phrase % 3 === 2 ? bridge : verse;
    degrees.push(line[bar % line.length] ?? 0);
  }
  if (bars > 1) degrees[bars - 1] = cadence;
  return [...degrees, 0];
}
