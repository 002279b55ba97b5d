/** What may cross into the ledger. Anything else is a bug of the caller: `parse` throws, and nothing has moved. */
import { z } from "zod";
import { plans, quotaMetrics } from "../plans/plans.ts";
import type {
  AdjustRequest,
  CaptureRequest,
  FreezeRequest,
  GrantRequest,
  HoldRequest,
  ReclaimRequest,
  RestoreRequest,
  StoreRequest,
  WaiveRequest,
} from "./ledger.ts";

/** No single request moves more: far above any sale, and millions of them still add up to a safe integer. */
const creditsMax = 1_000_000_000;
const usageMax = 1_000_000_000;
const bytesMax = 1_000_000_000;
/** Minor units: far above any payment, and thousands of claims on one still add up to a safe integer. */
const moneyMax = 1_000_000_000_000;
const pageMax = 1_000;

/** What is hashed must be what is stored, and SQLite stores UTF-8, which has no halves of characters. */
const id = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => value.isWellFormed());
const text = z
  .string()
  .min(1)
  .max(500)
  .transform((value) => value.toWellFormed());
const usage = z.record(z.enum(quotaMetrics), z.int().min(0).max(usageMax));

export const grantRequest: z.ZodType<GrantRequest> = z.strictObject({
  id,
  type: z.enum(["purchase", "topup", "bonus"]),
  credits: z.int().min(1).max(creditsMax),
  bonus: z.int().min(0).max(creditsMax).exactOptional(),
  description: text,
  paymentId: id.exactOptional(),
});

export const adjustRequest: z.ZodType<AdjustRequest> = z.strictObject({
  id,
  credits: z
    .int()
    .min(-creditsMax)
    .max(creditsMax)
    .refine((credits) => credits !== 0),
  description: text,
});

export const reclaimRequest: z.ZodType<ReclaimRequest> = z.strictObject({
  id,
  paymentId: id,
  amount: z.int().min(1).max(moneyMax),
  paid: z.int().min(1).max(moneyMax),
  description: text,
});

export const restoreRequest: z.ZodType<RestoreRequest> = z.strictObject({ id, paymentId: id, description: text });
export const freezeRequest: z.ZodType<FreezeRequest> = z.strictObject({ id, reason: text });
export const unfreezeRequest = z.strictObject({ id });
export const waiveRequest: z.ZodType<WaiveRequest> = z.strictObject({ id, description: text });

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
export const historyRequest = z.strictObject({ fromDay: z.iso.date() });
const page = { limit: z.int().min(1).max(pageMax) };
export const transactionsRequest = z.strictObject({ afterNumber: z.int().min(0), ...page });
export const statementRequest = z.strictObject({
  afterSequence: z.int().min(0),
  ...page,
  knownHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
});

export type OperationKind = "grant" | "hold" | "adjust" | "waive" | "claim";

export type OnceRequest = GrantRequest | HoldRequest | AdjustRequest | WaiveRequest;

/** One text for one request, however its fields were ordered: what a repeat is recognised by. */
export function fingerprint(request: OnceRequest | ClaimOf): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

/** What a claim is known by from the first that is heard of it, be that its taking or its giving back. */
export type ClaimOf = Pick<ReclaimRequest, "id" | "paymentId">;

type Fingerprinted = { kind: OperationKind; fingerprint: string };

/** null: a repeat. Else how a request differs from the one that had its id first. */
export function describeDifference(first: Fingerprinted, second: Fingerprinted): string | null {
  if (first.kind !== second.kind) return `this id already names a ${nouns[first.kind]}`;
  const [left, right] = [fieldsOf(first), fieldsOf(second)];
  const fields = new Set([...left.keys(), ...right.keys()]);
  const differing = [...fields].filter((field) => left.get(field) !== right.get(field)).sort();
  if (differing.length === 0) return null;
  return `this id already names another ${nouns[first.kind]}: ${differing.join(", ")} differ`;
}

const nouns: Record<OperationKind, string> = {
  grant: "grant",
  hold: "hold",
  adjust: "adjustment",
  waive: "waiver",
  claim: "claim",
};

/** A hold's plan is not part of what was asked: the same request after a change of plan is a repeat. */
function fieldsOf({ kind, fingerprint }: Fingerprinted): Map<string, string> {
  const request: unknown = JSON.parse(fingerprint);
  const fields = isRecord(request) ? Object.entries(request) : [];
  return new Map(
    fields
      .filter(([field]) => !(kind === "hold" && field === "plan"))
      .map(([field, value]) => [field, JSON.stringify(value)]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
