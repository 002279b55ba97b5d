import { type CallbackMode, usualLateMs } from "./callback-modes.ts";
import { Ids } from "./ids.ts";
import type { Outcome, Result } from "./outcomes.ts";

export type DarajaOptions = {
  /** Epoch milliseconds; may be moved from outside. `advance` moves the stand-in's own time on top of it. */
  now: () => number;
  consumerKey: string;
  consumerSecret: string;
  shortcode: string;
  passkey: string;
  /** For CustomerBuyGoodsOnline: the till that PartyB must name. Without one every till is unknown (SFC_IC0003). */
  tillNumber?: string;
  initiatorName?: string;
  /** With both, a SecurityCredential is decrypted (RSA PKCS#1 v1.5) and compared; without, it only has to be there. */
  initiatorPassword?: string;
  initiatorPrivateKey?: string;
  /** Only what is asked of this origin is answered. */
  origin: string;
  /** Of all ids. Without one it is the origin: two stand-ins in one test never make the same receipt. */
  seed?: number;
  /** Callback addresses as production wants them: https, public, without certain words. */
  strictUrls?: boolean;
  /** A new token makes the former one void, unless this is false: for tests that share one stand-in. */
  voidsFormerToken?: boolean;
  /** M-Pesa's own refusals: the same amount from the same phone within 2 minutes (17), more than 500,000 a day (4). */
  hasWalletRules?: boolean;
  /** Delivers an `early` callback while the push call waits. Without it the push waits for `release()`. */
  deliverEarly?: (delivery: Delivery) => Promise<void>;
};

export type Prompt = {
  checkoutRequestId: string;
  merchantRequestId: string;
  phone: string;
  amount: number;
  accountReference: string;
  transactionDesc: string;
  transactionType: string;
  callBackUrl: string;
  openedMs: number;
  /** When it ends by itself if nobody touches the phone. */
  endsMs: number;
  /** `processing`: the payer has acted (4999), M-Pesa has not decided; the phone is free again. */
  state: "open" | "processing" | "ended";
  /** The truth, whatever callbacks say: what the query answers. */
  result: Result | null;
  endedMs: number | null;
  receipt: string | null;
  /** Null: the default at the time the payer acts. */
  modes: CallbackMode[] | null;
  lateMs: number;
  /** So many more queries are answered «being processed», whatever has been decided. */
  pendingQueries: number;
};

/** Money that has arrived at the shortcode. */
export type Transaction = {
  receipt: string;
  kind: "stk" | "c2b";
  phone: string;
  amount: number;
  /** What the payer, or the push, gave as account. */
  account: string;
  firstName: string;
  atMs: number;
  checkoutRequestId: string | null;
  reversedBy: string | null;
};

export type DeliveryKind =
  | "stk_callback"
  | "forged_callback"
  | "reversal_result"
  | "reversal_timeout"
  | "status_result"
  | "status_timeout"
  | "c2b_confirmation";

/** What Daraja POSTs, as application/json, to one of our addresses: once, whatever the answer is. */
export type Delivery = {
  id: string;
  kind: DeliveryKind;
  url: string;
  body: string;
  dueMs: number;
  phone: string | null;
  checkoutRequestId: string | null;
};

export type FaultKind = "error" | "html" | "empty" | "never" | "drop";

/** The next `times` calls whose path begins with `path` (and, when told, of that phone) go wrong. */
export type Fault = {
  path: string;
  times: number;
  phone?: string;
  /** `error`: an envelope; `never`: no answer; `drop`: the connection breaks. */
  kind: FaultKind;
  errorCode?: string;
  errorMessage?: string;
  /** Of the HTTP answer. An envelope with 200 is seen in the wild. */
  status?: number;
  /** The call does its work first: only its answer goes wrong. */
  afterWork?: boolean;
};

/** What the next push to a phone meets. */
export type PromptPlan = {
  /** The payer acts at once. Without it, the prompt stays open. */
  outcome?: Outcome;
  modes?: CallbackMode[];
  lateMs?: number;
  pendingQueries?: number;
};

export type ResultMode = "normal" | "none" | "twice" | "late" | "timeout";

/** What the next reversal, or status query, meets: another result than the true one, or another way for it to arrive. */
export type ResultPlan = { result?: Result; mode?: ResultMode; lateMs?: number };

export type Reversal = {
  originatorConversationId: string;
  /** Of the reversal itself; null when it was refused. */
  receipt: string | null;
  originalReceipt: string;
  phone: string | null;
  amount: number;
  result: Result;
  atMs: number;
};

export type Registration = { confirmationUrl: string; validationUrl: string; responseType: string };

/** Everything a stand-in knows. */
export class DarajaWorld {
  readonly options: DarajaOptions;
  readonly ids: Ids;
  readonly prompts = new Map<string, Prompt>();
  readonly openByPhone = new Map<string, Prompt>();
  readonly transactions = new Map<string, Transaction>();
  /** By the receipt and by the conversation of each. */
  readonly reversals = new Map<string, Reversal>();
  readonly tokens = new Map<string, number>();
  readonly plans = new Map<string, PromptPlan>();
  readonly reversalPlans: ResultPlan[] = [];
  readonly statusPlans: ResultPlan[] = [];
  deliveries: Delivery[] = [];
  faults: Fault[] = [];
  defaultModes: CallbackMode[] = ["normal"];
  defaultLateMs = usualLateMs;
  registration: Registration | null = null;
  isPullRegistered = false;
  #offsetMs = 0;
  #waiting: { phone: string | null; resolve: () => void }[] = [];

  constructor(options: DarajaOptions) {
    this.options = options;
    this.ids = new Ids(String(options.seed ?? options.origin));
  }

  now(): number {
    return this.options.now() + this.#offsetMs;
  }

  advance(ms: number): void {
    this.#offsetMs += ms;
  }

  /** Until `release`, or until the caller gives up. */
  wait(phone: string | null, signal: AbortSignal | null | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ phone, resolve });
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  }

  release(phone?: string): number {
    const released = this.#waiting.filter((one) => phone === undefined || one.phone === phone);
    this.#waiting = this.#waiting.filter((one) => !released.includes(one));
    for (const { resolve } of released) resolve();
    return released.length;
  }
}
