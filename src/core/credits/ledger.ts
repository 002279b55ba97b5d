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
import type { ChainedEntry } from "./entry.ts";
import type { TransactionRow } from "./store.ts";

export type GrantRequest = {
  id: string;
  type: Extract<TransactionType, "purchase" | "topup" | "bonus">;
  /** Whole credits, above zero. */
  credits: number;
  /** Credits on top, not paid for: a `bonus` line of its own in the history. */
  bonus?: number;
  description: string;
  /** Writes the payment down: what may ever be taken back of it is credits and bonus together. One payment, one grant. */
  paymentId?: string;
};

/** An operator gives credits, or takes some: never more than can be spent. */
export type AdjustRequest = {
  id: string;
  /** Whole credits, above or below zero. */
  credits: number;
  description: string;
};

/** What a payment has granted is taken back, for the part of its money that a refund or a dispute takes back. */
export type ReclaimRequest = {
  /** The claim: the provider's refund or dispute. */
  id: string;
  paymentId: string;
  /** Minor units of money that this claim takes back. */
  amount: number;
  /** Minor units paid in all: the same in every claim of a payment. */
  paid: number;
  description: string;
};

/** The claim is no more: the dispute was won, or the refund failed. */
export type RestoreRequest = {
  /** Of the claim. */
  id: string;
  paymentId: string;
  description: string;
};

/** An open dispute: nothing can be spent until it is decided. */
export type FreezeRequest = { id: string; reason: string };

/** Forgives all that is owed. */
export type WaiveRequest = { id: string; description: string };

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

/** `id_reused` too when the payment was granted under another id. */
export type GrantResult = { ok: true; balance: number; isRepeat: boolean } | IdReused;

export type AdjustResult =
  | { ok: true; balance: number; isRepeat: boolean }
  | { ok: false; code: "insufficient_credits"; needed: number; available: number }
  | IdReused;

/**
 * `taken`: credits this call took, those that are owed now included. `owed`: what the account owes in all, since it had spent
 * what was to be taken. A payment that nobody was granted credits for is unknown, and may be claimed again once it is.
 * `id_reused` too when the payment was paid otherwise in an earlier claim.
 */
export type ReclaimResult =
  | { ok: true; taken: number; owed: number; balance: number; isRepeat: boolean }
  | { ok: false; code: "unknown_payment" }
  | IdReused;

/**
 * `returned`: credits this call gave back, before what is owed was collected from them. A claim that was not made yet is
 * spent: when it comes, it takes nothing. `unknown_payment` too for a claim of another payment.
 */
export type RestoreResult =
  | { ok: true; returned: number; owed: number; balance: number; isRepeat: boolean }
  | { ok: false; code: "unknown_payment" };

export type WaiveResult = { ok: true; waived: number; isRepeat: boolean } | IdReused;

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
  /** Nothing can be spent while credits are owed, or while a dispute is open: `dispute` when it is both. */
  | { ok: false; code: "account_on_hold"; owed: number; reason: "owed" | "dispute" }
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

/** `owed`: taken back by refunds and disputes after it was spent. While it is above zero, the balance is zero. */
export type LedgerBalance = {
  balance: number;
  held: number;
  totalPurchased: number;
  owed: number;
  /** A dispute is open. */
  isFrozen: boolean;
};
export type MetricState = { metric: QuotaMetric; used: number; limit: number | null; resetsAtMs: number };
export type LedgerUsage = { daily: DailyState; monthly: MetricState[] };

/** A UTC day with what was used on it: what is being made counts with what was held for it, what was given back not at all. */
export type DayOfHistory = Usage & { day: string; videos: number; credits: number };

export type LedgerStatement = {
  /** Everything was added up afresh from the entries, and nothing differed. */
  isProven: boolean;
  /** What differed, in plain words. */
  differences: string[];
  entriesChecked: number;
  /** The last entry; sequence 0 and 64 zeros before the first. */
  head: { sequence: number; hash: string };
  lastTransactionNumber: number;
  /** As the entries add up. */
  balance: number;
  held: number;
  owed: number;
  /** Whether the history still begins with the one that ended in this hash; null: none was given. */
  knownHash: "found" | "missing" | null;
  /** The entries after `afterSequence`, ascending. */
  entries: ChainedEntry[];
};

/** `kept`: anything was ever asked of this ledger, so it stays as it is. `not_proven`: the copy is not sound, and nothing of it was taken. */
export type LoadResult =
  | { ok: true; outcome: "loaded" | "kept" }
  | { ok: false; code: "not_proven"; differences: string[] };

export interface Ledger {
  grant(request: GrantRequest): Promise<GrantResult>;
  adjust(request: AdjustRequest): Promise<AdjustResult>;
  reclaim(request: ReclaimRequest): Promise<ReclaimResult>;
  restore(request: RestoreRequest): Promise<RestoreResult>;
  freeze(request: FreezeRequest): Promise<void>;
  /** An id that was not frozen yet is spent: the freeze that comes late does nothing. */
  unfreeze(request: { id: string }): Promise<void>;
  waive(request: WaiveRequest): Promise<WaiveResult>;
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
  /** The days from this one on (2026-11-01) on which something was used, ascending. */
  readHistory(request: { fromDay: string }): Promise<DayOfHistory[]>;
  /** `knownHash`: a head that somebody kept of an earlier statement. */
  readStatement(request: { afterSequence: number; limit: number; knownHash?: string }): Promise<LedgerStatement>;
  /** The transactions that customers see, ascending, as they are to be in D1. */
  readTransactions(request: { afterNumber: number; limit: number }): Promise<TransactionRow[]>;
  /** Copies every transaction that D1 lacks to D1, so that a list read after it is whole. Throws while D1 is down. */
  drainOutbox(): Promise<void>;
  /** Deletes everything, for good: whatever is asked of it later fails, and nothing begins anew. A repeat changes nothing. */
  destroy(): Promise<void>;
  /** Everything it knows, of one moment, in lines that `load` takes. Throws for a ledger of more than some 90 000 videos. */
  dump(): Promise<ReadableStream<Uint8Array>>;
  /** Fills an empty ledger from a copy, after proving it; whatever the outcome, its transactions are copied to D1 afresh. */
  load(copy: ReadableStream<Uint8Array>): Promise<LoadResult>;
}
