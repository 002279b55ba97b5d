import type { GainCurve } from "./gain-curve.ts";

/** Samples between two values of the gain curve: two thirds of a millisecond at 48 kHz. */
export const limiterStepSamples = 32;
/** The gain begins to fall this long before a peak, so that it gets there without a click … */
const lookAheadSteps = 9;
/** … and needs about this long to come back: slower than a voice's pitch, faster than its words. */
const releaseSteps = 180;

const phases = 4;
const tapsPerPhase = 12;
const halfTaps = tapsPerPhase / 2;

/** The three points between two samples, by a windowed sinc: enough to find peaks that no sample shows (BS.1770 annex 2). */
const between = Array.from({ length: phases - 1 }, (_, index) => {
  const shift = (index + 1) / phases;
  const taps = Array.from({ length: tapsPerPhase }, (_unused, tap) => {
    const distance = tap - (halfTaps - 1) - shift;
    const window = Math.cos((Math.PI * distance) / (tapsPerPhase + 1)) ** 2;
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return Float64Array.from(taps, (tap) => tap / sum);
});

/** Peaks of each step of both channels together, between the samples too where a step may exceed `interesting`. */
export function truePeaks(left: Float32Array, right: Float32Array, interesting: number): Float32Array {
  const peaks = new Float32Array(Math.ceil(left.length / limiterStepSamples) + 1);
  for (const channel of [left, right]) {
    for (let step = 0; step * limiterStepSamples < channel.length; step += 1) {
      const start = step * limiterStepSamples;
      const end = Math.min(channel.length, start + limiterStepSamples);
      let peak = 0;
      for (let index = start; index < end; index += 1) peak = Math.max(peak, Math.abs(channel[index] as number));
      // Between samples a signal is rarely 3 dB, and never in practice 6 dB, above both its neighbours.
      if (peak * 2 > interesting) peak = Math.max(peak, peakBetween(channel, start, end));
      peaks[step] = Math.max(peaks[step] ?? 0, peak);
    }
  }
  return peaks;
}

function peakBetween(channel: Float32Array, start: number, end: number): number {
  let peak = 0;
  const first = Math.max(halfTaps - 1, start);
  const last = Math.min(channel.length - halfTaps - 1, end);
  for (let index = first; index < last; index += 1) {
    for (const taps of between) {
      let value = 0;
      for (let tap = 0; tap < tapsPerPhase; tap += 1) {
        value += (taps[tap] as number) * (channel[index + tap - halfTaps + 1] as number);
      }
      peak = Math.max(peak, Math.abs(value));
    }
  }
  return peak;
}

/**
 * The gain over time that brings the sound to `gain` and keeps every peak at or below `ceiling`: it comes down ahead of
 * a peak, stays for it, and comes back slowly enough not to be heard.
 */
export function limitingCurve(peaks: Float32Array, gain: number, ceiling: number): GainCurve {
  const needed = Float32Array.from(peaks, (peak) => Math.min(gain, ceiling / Math.max(peak, 1e-9)));
  const held = new Float32Array(needed.length);
  let current = gain;
  for (let step = 0; step < needed.length; step += 1) {
    let lowest = gain;
    const last = Math.min(needed.length - 1, step + lookAheadSteps);
    for (let ahead = Math.max(0, step - 1); ahead <= last; ahead += 1)
      lowest = Math.min(lowest, needed[ahead] as number);
    current = Math.min(lowest, current + (gain - current) / releaseSteps);
    held[step] = current;
  }
  const values = new Float32Array(needed.length);
  for (let step = 0; step < held.length; step += 1) {
    let sum = 0;
    for (let back = 0; back < lookAheadSteps; back += 1) sum += held[Math.max(0, step - back)] as number;
    values[step] = sum / lookAheadSteps;
  }
  return { values, stepSamples: limiterStepSamples };
}
