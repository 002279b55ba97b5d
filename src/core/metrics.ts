import type { Currency, PaymentProvider } from "../contract/payments.ts";

/** What is counted as it happens. Names of operations, codes and amounts: nothing that belongs to anybody. */
export type Measurement =
  /** `code` of the refusal, `insufficient_credits` say; empty without one. */
  | { name: "request"; operation: string; status: number; code: string; durationMs: number }
  | {
      name: "render";
      outcome: "succeeded" | "failed" | "cancelled";
      /** Of the failure; empty without one. */
      code: string;
      resolution: string;
      /** From the order to the first start, from there to the end, and of the finished video; 0 for what there was none of. */
      waitSeconds: number;
      renderSeconds: number;
      videoSeconds: number;
    }
  /** `amount` in minor units. */
  | { name: "payment"; provider: PaymentProvider; currency: Currency; amount: number }
  | { name: "message"; type: string; isOk: boolean; durationMs: number }
  | { name: "cron"; task: string; isOk: boolean; durationMs: number };

/** Never throws, and keeps nobody waiting: a count that is lost is lost. */
export interface Metrics {
  record(measurement: Measurement): void;
}
