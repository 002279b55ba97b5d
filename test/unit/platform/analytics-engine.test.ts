import { describe, expect, it } from "vitest";
import { columns, createMetrics } from "../../../src/platform/analytics-engine.ts";

function written(record: (metrics: ReturnType<typeof createMetrics>) => void) {
  const points: AnalyticsEngineDataPoint[] = [];
  record(createMetrics({ writeDataPoint: (point) => void points.push(point ?? {}) }));
  return points;
}

describe("a measurement", () => {
  it("is a data point under its name, its columns in the order that is told", () => {
    expect(
      written((metrics) =>
        metrics.record({
          name: "request",
          operation: "createVideo",
          status: 402,
          code: "insufficient_credits",
          durationMs: 31,
        }),
      ),
    ).toEqual([{ indexes: ["request"], blobs: ["createVideo", "4xx", "insufficient_credits"], doubles: [402, 31] }]);
    expect(
      written((metrics) => metrics.record({ name: "payment", provider: "mpesa", currency: "KES", amount: 25_000 })),
    ).toEqual([{ indexes: ["payment"], blobs: ["mpesa", "KES"], doubles: [25_000] }]);
    expect(
      written((metrics) => metrics.record({ name: "cron", task: "healQueue", isOk: false, durationMs: 5 })),
    ).toEqual([{ indexes: ["cron"], blobs: ["healQueue", "false"], doubles: [5] }]);
  });

  it("fits into a data point: 20 blobs, 20 doubles", () => {
    for (const { blobs, doubles } of Object.values(columns)) {
      expect(blobs.length).toBeLessThanOrEqual(20);
      expect(doubles.length).toBeLessThanOrEqual(20);
    }
  });

  it("is nothing where no dataset is bound", () => {
    expect(() =>
      createMetrics(undefined).record({ name: "cron", task: "healQueue", isOk: true, durationMs: 1 }),
    ).not.toThrow();
  });
});
