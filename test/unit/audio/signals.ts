export function sine(options: {
  hertz: number;
  level: number;
  seconds: number;
  sampleRate: number;
  phase?: number;
}): Float32Array {
  const { hertz, level, seconds, sampleRate, phase = 0 } = options;
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => level * Math.sin((2 * Math.PI * hertz * index) / sampleRate + phase),
  );
}

/** Root mean square in decibels, between two times. */
export function levelDb(samples: Float32Array, sampleRate: number, startSeconds: number, endSeconds: number): number {
  const part = samples.subarray(Math.round(startSeconds * sampleRate), Math.round(endSeconds * sampleRate));
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
}
