const zeroCrossings = 12;
/** Where the filter begins to close, as a part of the lower of the two bands. */
const passBand = 0.94;

function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right);
}

/** The same sound at another sample rate, by a windowed sinc in as many phases as the two rates ask for. */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  if (fromRate === toRate) return samples.slice();
  const divisor = commonDivisor(fromRate, toRate);
  const phases = toRate / divisor;
  const advance = fromRate / divisor;
  const cutoff = Math.min(1, toRate / fromRate) * passBand;
  const reach = Math.ceil(zeroCrossings / cutoff);
  const taps = reach * 2;
  const table = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase += 1) {
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - reach + 1 - phase / phases;
      const turn = Math.PI * distance * cutoff;
      const window = Math.abs(distance) < reach ? Math.cos((Math.PI * distance) / (2 * reach)) ** 2 : 0;
      table[phase * taps + tap] = cutoff * (turn === 0 ? 1 : Math.sin(turn) / turn) * window;
    }
  }
  const output = new Float32Array(Math.ceil((samples.length * toRate) / fromRate));
  let position = 0;
  let phase = 0;
  for (let index = 0; index < output.length; index += 1) {
    const first = position - reach + 1;
    const offset = phase * taps;
    const from = Math.max(0, -first);
    const until = Math.min(taps, samples.length - first);
    let value = 0;
    for (let tap = from; tap < until; tap += 1) {
      value += (table[offset + tap] as number) * (samples[first + tap] as number);
    }
    output[index] = value;
    phase += advance;
    while (phase >= phases) {
      phase -= phases;
      position += 1;
    }
  }
  return output;
}
