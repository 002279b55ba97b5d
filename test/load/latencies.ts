import { build, type Histogram } from "hdr-histogram-js";

/** Longer is one bin: nothing that took ten minutes is of interest to the millisecond. */
const longestMs = 600_000;

export type Row = {
  name: string;
  answers: number;
  p50: number;
  p95: number;
  p99: number;
  worst: number;
  /** Answers of 500 and more, and no answer at all. */
  errors: number;
  /** What a limit of the product refused: 402 and 429. */
  refused: number;
};

type Tally = { histogram: Histogram; errors: number; refused: number };

const newTally = (): Tally => ({
  histogram: build({ lowestDiscernibleValue: 1, highestTrackableValue: longestMs, numberOfSignificantValueDigits: 3 }),
  errors: 0,
  refused: 0,
});

/** How long answers took, in milliseconds, by operation. */
export class Latencies {
  readonly #tallies = new Map<string, Tally>();
  /** What went wrong, and how often: for whoever reads the report. */
  readonly wrong = new Map<string, number>();

  /** `status` null: no answer came. */
  record(name: string, ms: number, status: number | null): void {
    for (const key of ["all", name]) {
      const tally = this.#tallies.get(key) ?? newTally();
      this.#tallies.set(key, tally);
      tally.histogram.recordValue(Math.min(longestMs, Math.max(1, Math.round(ms))));
      if (status === null || status >= 500) tally.errors += 1;
      else if (status === 402 || status === 429) tally.refused += 1;
    }
    if (status !== null && status < 400) return;
    const words = `${name}: ${status ?? "no answer"}`;
    this.wrong.set(words, (this.wrong.get(words) ?? 0) + 1);
  }

  rows(): Row[] {
    const rows = Array.from(this.#tallies, ([name, { histogram, errors, refused }]) => ({
      name,
      answers: histogram.totalCount,
      p50: histogram.getValueAtPercentile(50),
      p95: histogram.getValueAtPercentile(95),
      p99: histogram.getValueAtPercentile(99),
      worst: histogram.maxValue,
      errors,
      refused,
    }));
    return rows.toSorted((a, b) => b.answers - a.answers);
  }
}
