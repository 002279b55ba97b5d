/**
 * The key under which each order is sent, kept through a reload. Who presses twice, or again because no answer came, meets the
 * one payment; once it is over, the same order means another one.
 */
import { ShujaaError } from "../../../sdk/errors.ts";
import { keep, readKept } from "../../app/kept.ts";

const keptName = "payment-keys";

function readKeys(): Record<string, string> {
  const kept = readKept(keptName);
  if (typeof kept !== "object" || kept === null) return {};
  return Object.fromEntries(Object.entries(kept).filter(([, key]) => typeof key === "string"));
}

export function keyOf(order: string): string {
  const keys = readKeys();
  const key = keys[order] ?? crypto.randomUUID();
  keep(keptName, { ...keys, [order]: key });
  return key;
}

export function forgetKey(order: string): void {
  const { [order]: _, ...others } = readKeys();
  keep(keptName, others);
}

/** Answers after which the payment of this key may still come about: no answer at all, or one that came before the work. */
const undecided = ["unauthenticated", "rate_limited", "idempotency_in_progress"];

export function endsAttempt(error: unknown): boolean {
  return error instanceof ShujaaError && !undecided.includes(error.code);
}
