import { env } from "cloudflare:workers";
import { vi } from "vitest";

export type BrokenDatabase = {
  /** Calls of D1 since it was watched: single statements and batches, each one place where a process may die. */
  calls(): number;
  /** From the call of this number on, counted from 1, the database does not answer. */
  breakAt(call: number): void;
  mend(): void;
};

/** Watches every call of D1 in this isolate, and lets it fail where it is told to. */
export function watchDatabase(): BrokenDatabase {
  let count = 0;
  let brokenFrom = Number.POSITIVE_INFINITY;
  const step = () => {
    count += 1;
    if (count >= brokenFrom) throw new Error("D1_ERROR: the database is down");
  };
  const database = Object.getPrototypeOf(env.DB) as D1Database;
  const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1")) as D1PreparedStatement;
  const realBatch = database.batch;
  vi.spyOn(database, "batch").mockImplementation(async function batch<Row>(
    this: D1Database,
    statements: D1PreparedStatement[],
  ) {
    step();
    return realBatch.call(this, statements) as Promise<D1Result<Row>[]>;
  });
  for (const method of ["all", "raw", "run"] as const) {
    const real = statement[method] as (...given: unknown[]) => Promise<unknown>;
    vi.spyOn(statement, method).mockImplementation(async function watched(
      this: D1PreparedStatement,
      ...given: unknown[]
    ) {
      step();
      return real.apply(this, given) as never;
    } as never);
  }
  return {
    calls: () => count,
    breakAt(call) {
      count = 0;
      brokenFrom = call;
    },
    mend() {
      count = 0;
      brokenFrom = Number.POSITIVE_INFINITY;
    },
  };
}
