import type { Random } from "../random.ts";
import type { Bar, Style, Writer } from "./style.ts";

type Turn = { step: number; move: number };

/** A bar's rhythm and contour: a few steps, more of them strong than weak, that move by small intervals. */
function inventMotif(random: Random, style: Style, noteCount: number): Turn[] {
  const { strongSteps } = style.melody;
  const steps = new Set<number>();
  while (steps.size < noteCount) {
    const strong = strongSteps[random.whole(0, strongSteps.length - 1)] ?? 0;
    steps.add(random.chance(0.6) ? strong : random.whole(0, style.stepsPerBar - 1));
  }
  return [...steps]
    .sort((left, right) => left - right)
    .map((step) => ({ step, move: random.pick([-2, -1, -1, 1, 1, 2, 3]) }));
}

function nearest(pitches: number[], target: number): number {
  return pitches.reduce(
    (best, pitch) => (Math.abs(pitch - target) < Math.abs(best - target) ? pitch : best),
    pitches[0] ?? target,
  );
}

/**
 * The tune of a piece: two motifs in the order A B A rest, sung on a five-note ladder; on strong steps it takes a note
 * of the chord. Each return of a motif begins where the harmony has gone, so it is heard again but never the same.
 */
export function createTune(random: Random, style: Style, tonic: number): Writer["tune"] {
  const { ladder, lowest, highest, strongSteps, notesPerBar } = style.melody;
  const rungs: number[] = [];
  for (let pitch = lowest; pitch <= highest; pitch += 1) {
    if (ladder.includes((pitch - tonic + 120) % 12)) rungs.push(pitch);
  }
  const statement = inventMotif(random, style, notesPerBar);
  const answer = inventMotif(random, style, Math.max(2, notesPerBar - 1));
  const home = random.between(0.35, 0.65);
  let rung = Math.round(rungs.length * home);
  return (bar) => {
    const place = bar.number % 4;
    if (place === 3) return [];
    if (place === 0) rung = Math.round(rungs.length * home);
    return (place === 1 ? answer : statement).map(({ step, move }) => {
      rung = Math.min(rungs.length - 1, Math.max(0, rung + move));
      const sung = rungs[rung] ?? lowest;
      const isStrong = strongSteps.includes(step);
      const inChord = rungs.filter((pitch) => bar.chord.voices.some((voice) => (voice - pitch) % 12 === 0));
      return { step, pitch: isStrong ? nearest(inChord, sung) : sung, velocity: isStrong ? 0.85 : 0.65 };
    });
  };
}

/** Whether a bar has room for the tune. */
export function hasTune(bar: Bar): boolean {
  return bar.fullness >= 2;
}
