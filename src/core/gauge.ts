/** One number of the service as it is now, or several that differ by their labels; named as Prometheus has it, unit last. */
export type Gauge = {
  name: string;
  help: string;
  samples: readonly { labels?: Readonly<Record<string, string>>; value: number }[];
};

/** How many there are of what waits, and for how long the oldest has. */
export function waiting(
  what: { name: string; help: string },
  count: number,
  oldestMs: number | null,
  nowMs: number,
): Gauge[] {
  return [
    { ...what, samples: [{ value: count }] },
    {
      name: `${what.name}_oldest_seconds`,
      help: `Age of the oldest of them; 0 without one. ${what.help}`,
      samples: [{ value: oldestMs === null ? 0 : Math.max(0, nowMs - oldestMs) / 1000 }],
    },
  ];
}
