import { minorScale } from "./harmony.ts";
import { hasTune } from "./melody.ts";
import type { Style } from "./style.ts";

/** After amapiano: a log drum that pulses around a steady kick, off-beat shakers, and chords with their sevenths. */
export const driveStyle: Style = {
  scale: minorScale,
  chordSize: 4,
  stepsPerBar: 16,
  barSeconds: [2.0, 2.25],
  swing: 0.12,
  progressions: [
    [0, 5, 2, 6],
    [0, 3, 5, 6],
    [0, 6, 5, 6],
    [5, 6, 0, 0],
    [0, 2, 5, 3],
  ],
  cadence: 6,
  padLevel: 0.44,
  ending: { instrument: "kalimba", hasKick: true },
  room: { decaySeconds: 1.6, wet: 0.16, dampingHertz: 4_200, lowCutHertz: 300 },
  melody: { ladder: [0, 3, 5, 7, 10], lowest: 69, highest: 86, strongSteps: [0, 3, 6, 10], notesPerBar: 4 },
  begin: (random) => {
    const log = random.pick([
      [3, 6, 10, 14],
      [0, 3, 6, 11, 14],
      [2, 5, 8, 11, 14],
      [3, 6, 7, 11, 14],
    ]);
    const stabs = random.pick([
      [0, 6],
      [3, 10],
      [0, 3, 10],
      [2, 8, 14],
    ]);
    const clicks = random.pick([
      [3, 6, 10, 13],
      [4, 7, 12],
      [2, 6, 11, 14],
    ]);
    return (bar, { play, tune, random: hand }) => {
      const { voices, bass } = bar.chord;
      stabs.forEach((step, index) => {
        voices.forEach((pitch, order) => {
          play("keys", pitch, step, index === 0 ? 0.5 : 0.36, order * 0.3 - 0.45);
        });
      });
      if (bar.fullness >= 1) {
        for (let step = 0; step < 16; step += 1) {
          const accent = step % 4 === 2 ? 0.6 : step % 2 === 1 ? 0.24 : 0.34;
          play("shaker", step % 3, step, accent, 0.25);
        }
        for (const step of [0, 4, 8, 12]) play("kick", 0, step, step === 0 ? 0.75 : 0.62);
      } else play("bass", bass, 0, 0.6);
      if (bar.fullness >= 1) {
        log.forEach((step, index) => {
          const pitch = index === log.length - 1 ? bar.next.bass : index % 2 === 1 ? bass + 12 : bass;
          play("logDrum", pitch, step, index % 2 === 0 ? 0.78 : 0.6);
        });
      }
      if (bar.fullness >= 2) for (const step of clicks) play("rim", 0, step, 0.4, -0.2);
      if (bar.fullness === 3) {
        for (const step of [7, 15]) play("conga", hand.chance(0.5) ? 58 : 62, step, 0.42, -0.45);
        if (bar.isLastOfPhrase) for (const step of [12, 13, 15]) play("logDrum", bass + 12, step, 0.55);
      }
      if (hasTune(bar)) {
        for (const { step, pitch, velocity } of tune(bar)) play("kalimba", pitch, step, velocity * 0.7, 0.3);
      }
    };
  },
};
