/**
 * The ledger of one tenant, as the rest of the core sees it. The Durable Object in src/objects/credit-ledger.ts is the
 * one implementation; each call is one storage transaction, and the object serialises them.
 *
 * Every id is made by the caller and is kept for ever: the same id with the same request gets the same answer again
 * (refusals too: a refused hold's id is burned, so a late network retry can never turn a refusal into a charge), and the
 * same id with another request is refused without touching anything. The balance in a repeated answer is therefore the one
 * of back then; `readBalance` has today's.
 *
 * Credits and usage are whole numbers. A request that is not (or that captures more than was held) is a bug: it throws,
 * and nothing has moved.
 */
import type { TransactionType } from "../../contract/credits.ts";
import type { Plan, QuotaMetric, UploadMetric, Usage } from "../plans/plans.ts";

export type GrantRequest = {
  id: string;
  type: Extract<TransactionType, "purchase" | "topup" | "bonus">;
  /** Whole credits, above zero. */
  credits: number;
  description: string;
  paymentId?: string;
};

export type HoldRequest = {
  /** Also names the video or the image: one hold pays for one. */
  id: string;
  /** Whole credits, the most the video may cost; 0 on a plan whose videos cost none. */
  credits: number;
  plan: Plan;
  description: string;
  /** The most the video may use of each monthly quota. */
  usage: Usage;
  /** false for an image: it takes no place among the day's videos. */
  isVideo?: false;
};

export type CaptureRequest = {
  holdId: string;
  /** What the video did cost: at most what was held; the rest goes back. */
  credits: number;
  /** What it did use: at most what was held. */
  usage: Usage;
};

export type IdReused = { ok: false; code: "id_reused"; detail: string };

export type GrantResult = { ok: true; balance: number; isRepeat: boolean } | IdReused;

export type DailyState = { used: number; limit: number | null; resetsAtMs: number };

export type HoldResult =
  | { ok: true; balance: number; daily: DailyState; isRepeat: boolean }
  | { ok: false; code: "insufficient_credits"; needed: number; available: number }
  | {
      ok: false;
      code: "quota_exceeded";
      metric: QuotaMetric | "videos_per_day";
      used: number;
      limit: number;
      resetsAtMs: number;
    }
  | IdReused;

export type HoldStatus = "held" | "captured" | "released";
/** A settlement happens once: later calls answer with what the hold became, whichever call got there first. */
export type SettleResult =
  | { ok: true; status: "captured" | "released"; creditsCharged: number; balance: number; isRepeat: boolean }
  | { ok: false; code: "unknown_hold" };

export type StoreRequest = {
  /** Also names the upload, and is never used again. */
  id: string;
  bytes: number;
  plan: Plan;
};
/** `resetsAtMs` is null for what does not reset by itself: only a deletion makes room. */
export type UploadState = { metric: UploadMetric; used: number; limit: number | null; resetsAtMs: number | null };
export type StoreResult =
  | { ok: true }
  | { ok: false; code: "quota_exceeded"; metric: UploadMetric; used: number; limit: number; resetsAtMs: number | null }
  /** The id was refused or given back before. */
  | { ok: false; code: "id_spent" };

export type LedgerBalance = { balance: number; held: number; totalPurchased: number };
export type MetricState = { metric: QuotaMetric; used: number; limit: number | null; resetsAtMs: number };
export type LedgerUsage = { daily: DailyState; monthly: MetricState[] };

export interface Ledger {
  grant(request: GrantRequest): Promise<GrantResult>;
  hold(request: HoldRequest): Promise<HoldResult>;
  capture(request: CaptureRequest): Promise<SettleResult>;
  release(request: { holdId: string; reason: string }): Promise<SettleResult>;
  /** null: no hold of this id was ever accepted. */
  findHold(holdId: string): Promise<{ status: HoldStatus; credits: number; creditsCharged: number } | null>;
  /** Counts an upload, and its bytes as kept from now on; a repeat counts nothing more. */
  store(request: StoreRequest): Promise<StoreResult>;
  /** The bytes are not kept any more, and the id is spent; the month's uploads stay counted. An id never stored is spent too. */
  unstore(request: { id: string }): Promise<void>;
  readUploads(plan: Plan): Promise<UploadState[]>;
  readBalance(): Promise<LedgerBalance>;
  readUsage(plan: Plan): Promise<LedgerUsage>;
  /** Copies every transaction that D1 lacks to D1, so that a list read after it is whole. Throws while D1 is down. */
  drainOutbox(): Promise<void>;
}
