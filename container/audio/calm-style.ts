import { majorScale } from "./harmony.ts";
import { hasTune } from "./melody.ts";
import type { Style } from "./style.ts";

/** A slow 6/8: a kalimba rocks over soft strings, with a shaker and a low drum when the piece is full. */
export const calmStyle: Style = {
  scale: majorScale,
  chordSize: 4,
  stepsPerBar: 12,
  barSeconds: [2.3, 2.75],
  swing: 0,
  progressions: [
    [0, 3, 5, 4],
    [0, 2, 3, 3],
    [5, 3, 0, 4],
    [0, 5, 1, 4],
    [0, 3, 1, 3],
  ],
  cadence: 3,
  padLevel: 0.62,
  ending: { instrument: "kalimba", hasKick: false },
  room: { decaySeconds: 2.4, wet: 0.24, dampingHertz: 3_600, lowCutHertz: 220 },
  melody: { ladder: [0, 2, 4, 7, 9], lowest: 72, highest: 88, strongSteps: [0, 4, 6, 10], notesPerBar: 4 },
  begin: (random) => {
    const picking = random.pick([
      [0, 2, 1, 3, 2, 1],
      [0, 1, 2, 3, 1, 2],
      [0, 2, 3, 1, 2, 3],
      [1, 0, 2, 3, 2, 0],
    ]);
    const shakes = random.pick([
      [0, 4, 6, 10],
      [2, 4, 8, 10],
      [0, 4, 6, 8, 10],
    ]);
    return (bar, { play, tune }) => {
      const { voices, bass } = bar.chord;
      for (const [order, voice] of picking.entries()) {
        if (bar.fullness === 0 && order % 3 !== 0) continue;
        play("kalimba", (voices[voice] ?? 67) + 12, order * 2, order % 3 === 0 ? 0.62 : 0.42, voice * 0.24 - 0.4);
      }
      if (bar.fullness >= 1) {
        play("bass", bass, 0, 0.7);
        if (!bar.isLastOfPhrase) play("bass", bass + 7, 6, 0.42);
        else play("bass", bar.next.bass, 10, 0.4);
      }
      if (bar.fullness >= 2) {
        for (const step of shakes) play("shaker", step % 3, step, step % 6 === 0 ? 0.5 : 0.34, 0.35);
        play("kick", 0, 0, 0.4);
      }
      if (bar.fullness === 3) {
        play("conga", 55, 4, 0.4, -0.4);
        play("conga", 51, 10, 0.5, -0.4);
        if (bar.isLastOfPhrase) play("conga", 55, 8, 0.4, -0.4);
      }
      if (hasTune(bar)) {
        for (const { step, pitch, velocity } of tune(bar)) play("guitar", pitch - 12, step, velocity, 0.2);
      }
    };
  },
};
