/** Second-order filters (Robert Bristow-Johnson's audio cookbook). Frequencies in hertz, gains in decibels. */
export type Biquad = { b0: number; b1: number; b2: number; a1: number; a2: number };

type Shape = { cosine: number; alpha: number };

function shape(frequency: number, q: number, sampleRate: number): Shape {
  const omega = (2 * Math.PI * Math.min(frequency, sampleRate * 0.49)) / sampleRate;
  return { cosine: Math.cos(omega), alpha: Math.sin(omega) / (2 * q) };
}

function normalised(b0: number, b1: number, b2: number, a0: number, a1: number, a2: number): Biquad {
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0 };
}

export function highPass(frequency: number, q: number, sampleRate: number): Biquad {
  const { cosine, alpha } = shape(frequency, q, sampleRate);
  return normalised((1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2, 1 + alpha, -2 * cosine, 1 - alpha);
}

export function lowPass(frequency: number, q: number, sampleRate: number): Biquad {
  const { cosine, alpha } = shape(frequency, q, sampleRate);
  return normalised((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2, 1 + alpha, -2 * cosine, 1 - alpha);
}

export function bandPass(frequency: number, q: number, sampleRate: number): Biquad {
  const { cosine, alpha } = shape(frequency, q, sampleRate);
  return normalised(alpha, 0, -alpha, 1 + alpha, -2 * cosine, 1 - alpha);
}

export function peaking(frequency: number, q: number, gainDb: number, sampleRate: number): Biquad {
  const { cosine, alpha } = shape(frequency, q, sampleRate);
  const amplitude = 10 ** (gainDb / 40);
  return normalised(
    1 + alpha * amplitude,
    -2 * cosine,
    1 - alpha * amplitude,
    1 + alpha / amplitude,
    -2 * cosine,
    1 - alpha / amplitude,
  );
}

export function highShelf(frequency: number, q: number, gainDb: number, sampleRate: number): Biquad {
  const { cosine, alpha } = shape(frequency, q, sampleRate);
  const amplitude = 10 ** (gainDb / 40);
  const slope = 2 * Math.sqrt(amplitude) * alpha;
  const sum = amplitude + 1;
  const difference = amplitude - 1;
  return normalised(
    amplitude * (sum + difference * cosine + slope),
    -2 * amplitude * (difference + sum * cosine),
    amplitude * (sum + difference * cosine - slope),
    sum - difference * cosine + slope,
    2 * (difference - sum * cosine),
    sum - difference * cosine - slope,
  );
}

/** Filters the samples where they stand. */
export function filterInPlace(samples: Float32Array, { b0, b1, b2, a1, a2 }: Biquad): void {
  let first = 0;
  let second = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const input = samples[index] as number;
    const output = b0 * input + first;
    first = b1 * input - a1 * output + second;
    second = b2 * input - a2 * output;
    samples[index] = output;
  }
}
