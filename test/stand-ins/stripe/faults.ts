import type { FaultKind, Taken } from "./bodies.ts";
import { StripeFault } from "./stripe-fault.ts";

type Fault = Taken<"addFault">;

/** A connection that broke; whoever serves the stand-in breaks the real one. */
export class ConnectionBroken extends Error {
  constructor() {
    super("The stand-in broke the connection.");
    this.name = "ConnectionBroken";
  }
}

/** What is to go wrong with the next calls. */
export class Faults {
  private faults: Fault[] = [];
  private hung: (() => void)[] = [];

  add(fault: Fault): number {
    this.faults.push({ ...fault });
    return this.faults.length;
  }

  clear(): void {
    this.faults = [];
    for (const breakOff of this.hung.splice(0)) breakOff();
  }

  /** The first that fits, one time fewer; null: all goes well. */
  next(call: { method: string; path: string; query: string; body: string }): FaultKind | null {
    const fault = this.faults.find(
      ({ pathPrefix, method, match = "" }) =>
        call.path.startsWith(pathPrefix) &&
        (method === undefined || method === call.method) &&
        `${call.path}?${call.query}\n${call.body}`.includes(match),
    );
    if (fault === undefined) return null;
    fault.times -= 1;
    if (fault.times === 0) this.faults.splice(this.faults.indexOf(fault), 1);
    return fault.kind;
  }

  /** Until the caller has had enough, or the faults are cleared. */
  hang(signal: AbortSignal | null): Promise<never> {
    return new Promise((_, reject) => {
      this.hung.push(() => reject(new ConnectionBroken()));
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  }
}

/** What the kinds that answer answer. */
export function faultAnswer(kind: FaultKind): StripeFault | null {
  switch (kind) {
    case "error":
    case "error_kept":
      return new StripeFault(500, "api_error", "An unknown error occurred");
    case "rate_limited":
      return new StripeFault(429, "invalid_request_error", "Too many requests hit the API too quickly.", {
        code: "rate_limit",
      });
    case "lock_timeout":
      return new StripeFault(
        429,
        "invalid_request_error",
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
        { code: "lock_timeout" },
      );
    case "key_in_use":
      return new StripeFault(
        409,
        "idempotency_error",
        "There is currently another in-progress request using this idempotency key (that probably means you submitted twice, and the other request is still going through).",
        { code: "idempotency_key_in_use" },
      );
    default:
      return null;
  }
}
