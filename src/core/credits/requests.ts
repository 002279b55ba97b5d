/** What may cross into the ledger. Anything else is a bug of the caller: `parse` throws, and nothing has moved. */
import { z } from "zod";
import { plans, quotaMetrics } from "../plans/plans.ts";
import type { CaptureRequest, GrantRequest, HoldRequest, StoreRequest } from "./ledger.ts";

/** No single request moves more: far above any sale, and millions of them still add up to a safe integer. */
const creditsMax = 1_000_000_000;
const usageMax = 1_000_000_000;
const bytesMax = 1_000_000_000;

const id = z.string().min(1).max(200);
const text = z.string().min(1).max(500);
const usage = z.record(z.enum(quotaMetrics), z.int().min(0).max(usageMax));

export const grantRequest: z.ZodType<GrantRequest> = z.strictObject({
  id,
  type: z.enum(["purchase", "topup", "bonus"]),
  credits: z.int().min(1).max(creditsMax),
  description: text,
  paymentId: id.exactOptional(),
});

export const holdRequest: z.ZodType<HoldRequest> = z.strictObject({
  id,
  credits: z.int().min(0).max(creditsMax),
  plan: z.enum(plans),
  description: text,
  usage,
  isVideo: z.literal(false).exactOptional(),
});

export const captureRequest: z.ZodType<CaptureRequest> = z.strictObject({
  holdId: id,
  credits: z.int().min(0).max(creditsMax),
  usage,
});

export const storeRequest: z.ZodType<StoreRequest> = z.strictObject({
  id,
  bytes: z.int().min(1).max(bytesMax),
  plan: z.enum(plans),
});

export const unstoreRequest = z.strictObject({ id });
export const releaseRequest = z.strictObject({ holdId: id, reason: text });
export const planName = z.enum(plans);

/** One text for one request, however its fields were ordered: what a repeat is recognised by. */
export function fingerprint(request: GrantRequest | HoldRequest): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

type Fingerprinted = { kind: "grant" | "hold"; fingerprint: string };

/** null: a repeat. Else how a request differs from the one that had its id first. */
export function describeDifference(first: Fingerprinted, second: Fingerprinted): string | null {
  if (first.kind !== second.kind) return `this id already names a ${first.kind}`;
  if (first.fingerprint === second.fingerprint) return null;
  const [left, right] = [fieldsOf(first.fingerprint), fieldsOf(second.fingerprint)];
  const fields = new Set([...left.keys(), ...right.keys()]);
  const differing = [...fields].filter((field) => left.get(field) !== right.get(field)).sort();
  return `this id already names another ${first.kind}: ${differing.join(", ")} differ`;
}

function fieldsOf(fingerprinted: string): Map<string, string> {
  const request: unknown = JSON.parse(fingerprinted);
  return new Map(
    isRecord(request) ? Object.entries(request).map(([field, value]) => [field, JSON.stringify(value)]) : [],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
