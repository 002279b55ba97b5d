import type { Measurement, Metrics } from "../core/metrics.ts";

/**
 * Workers Analytics Engine: one data point a measurement, sampled by its index, the measurement's name. Columns by name, for
 * SQL over them (docs/operations/alerts.md); at most 20 blobs and 20 doubles a point, 250 points an invocation.
 */
export const columns = {
  request: { blobs: ["operation", "statusClass", "code"], doubles: ["status", "durationMs"] },
  render: { blobs: ["outcome", "code", "resolution"], doubles: ["waitSeconds", "renderSeconds", "videoSeconds"] },
  payment: { blobs: ["provider", "currency"], doubles: ["amount"] },
  message: { blobs: ["type", "isOk"], doubles: ["durationMs"] },
  cron: { blobs: ["task", "isOk"], doubles: ["durationMs"] },
} as const satisfies Record<Measurement["name"], { blobs: readonly string[]; doubles: readonly string[] }>;

/** `dataset` undefined: where nothing is bound nothing is counted, as under `npm start`. */
export function createMetrics(dataset: AnalyticsEngineDataset | undefined): Metrics {
  return {
    record(measurement) {
      const { blobs, doubles } = columns[measurement.name];
      const values = {
        ...measurement,
        ...("status" in measurement ? { statusClass: classOf(measurement.status) } : {}),
      };
      const given = values as unknown as Record<string, string | number | boolean>;
      try {
        dataset?.writeDataPoint({
          indexes: [measurement.name],
          blobs: blobs.map((column) => String(given[column])),
          doubles: doubles.map((column) => Number(given[column])),
        });
      } catch {
        // A count that is lost is lost: money and videos are measured on their way, and must not stop for it.
      }
    },
  };
}

const classOf = (status: number) => `${Math.floor(status / 100)}xx`;
