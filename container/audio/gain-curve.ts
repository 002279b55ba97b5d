/** A gain that changes over time: one value for every `stepSamples`, drawn straight between. */
export type GainCurve = { values: Float32Array; stepSamples: number };

/** Multiplies the samples by a gain that changes over time, where they stand, from `start` up to `end`. */
export function applyGain(samples: Float32Array, { values, stepSamples }: GainCurve): void {
  for (let step = 0; step * stepSamples < samples.length; step += 1) {
    const start = step * stepSamples;
    const end = Math.min(samples.length, start + stepSamples);
    let gain = values[step] as number;
    const slope = ((values[step + 1] ?? gain) - gain) / stepSamples;
    for (let index = start; index < end; index += 1) {
      samples[index] = (samples[index] as number) * gain;
      gain += slope;
    }
  }
}
