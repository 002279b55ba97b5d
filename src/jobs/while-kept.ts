import type { Context } from "../core/context.ts";

/** Several beats within each lease: one that is lost costs nothing. */
const beatMs = 15_000;

/** Works, and keeps its lease meanwhile; the signal tells that it is lost. */
export async function whileKept<Result>(
  { deps }: Context,
  keep: () => Promise<boolean>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const beat = async () => {
    try {
      if (!(await keep())) abort.abort(new Error("the lease is lost"));
    } catch {
      // The next beat tries again; a database that is away for longer costs the lease.
      deps.log.write("warn", "lease_not_renewed", {});
    }
  };
  const timer = setInterval(() => void beat(), beatMs);
  try {
    return await work(abort.signal);
  } finally {
    clearInterval(timer);
  }
}
