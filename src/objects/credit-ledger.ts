import { DurableObject } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { decideHold, heldBy } from "../core/credits/decide-hold.ts";
import { nextDrainAtMs } from "../core/credits/drain-schedule.ts";
import type * as ledger from "../core/credits/ledger.ts";
import { dailyStateAt, monthlyStatesAt } from "../core/credits/limits.ts";
import { collectOwed, type Posting, postAdjust, postGrant, postHold, postWaive } from "../core/credits/postings.ts";
import * as requests from "../core/credits/requests.ts";
import { type Held, type Settlement, settleByCapture, settleByRelease } from "../core/credits/settle.ts";
import { copyTransactions, type TransactionRow } from "../core/credits/store.ts";
import { decideStore, uploadStatesAt } from "../core/credits/uploads.ts";
import { type Plan, windowsAt } from "../core/plans/plans.ts";
import { idReused, repeated } from "./ledger-answers.ts";
import { readBalance, readSpendable } from "./ledger-balance.ts";
import { LedgerBooks } from "./ledger-books.ts";
import { LedgerClaims } from "./ledger-claims.ts";
import { dumpLedger, loadLedger, readCopy } from "./ledger-copy.ts";
import { LedgerCounters } from "./ledger-counters.ts";
import { endLedger, hasEnded } from "./ledger-end.ts";
import { reclaim, restore } from "./ledger-reclaims.ts";
import { proveLedger } from "./ledger-statement.ts";

/** Entries copied in one call: a batch of D1 statements has 30 s together. */
const entriesPerCopy = 450;

type OnceAnswer = ledger.GrantResult | ledger.AdjustResult | ledger.HoldResult | ledger.WaiveResult;
/** What is answered and posted; `write` is what else is written, once the operation is. */
type Decision<Answer> = { answer: Answer; postings: readonly Posting[]; write?: () => void };

/**
 * The credits, the day's videos and the month's quotas of one tenant, addressed by `idFromName(tenantId)`. Each method
 * that changes something reads, asks the core's rules and writes in one synchronous transaction: nothing can come
 * between. D1 only ever gets a copy, later, and may be down meanwhile.
 *
 * Helpers are `#private`, since TypeScript's `private` would leave them callable over RPC.
 */
export class CreditLedger extends DurableObject<{ DB: D1Database }> implements ledger.Ledger {
  readonly #books: LedgerBooks;
  readonly #counters: LedgerCounters;
  readonly #claims: LedgerClaims;

  constructor(state: DurableObjectState, env: { DB: D1Database }) {
    super(state, env);
    const { storage } = state;
    this.#books = new LedgerBooks(storage.sql);
    this.#counters = new LedgerCounters(storage.sql);
    this.#claims = new LedgerClaims(storage.sql);
    void state.blockConcurrencyWhile(async () => {
      if (hasEnded(storage.sql)) return;
      storage.transactionSync(() => this.#books.migrate(state.id.name, Date.now()));
      const { isCopied, failures } = this.#books.outbox();
      if (!isCopied && (await storage.getAlarm()) === null) {
        storage.transactionSync(() => this.#rearmDrain(failures, Date.now()));
      }
    });
  }

  async grant(request: ledger.GrantRequest): Promise<ledger.GrantResult> {
    const wanted = requests.grantRequest.parse(request);
    return this.#once<ledger.GrantResult>("grant", wanted, () => {
      const { id, credits, bonus = 0, paymentId } = wanted;
      if (paymentId !== undefined && this.#claims.findPayment(paymentId) !== null) {
        return { answer: idReused("this payment was granted under another id"), postings: [] };
      }
      const { postings, after } = collectOwed(postGrant(wanted), this.#books.balances());
      const answer = { ok: true, balance: after.available, isRepeat: false } as const;
      if (paymentId === undefined) return { answer, postings };
      return {
        answer,
        postings,
        write: () => this.#claims.addPayment({ id: paymentId, operationId: id, credits, bonus }),
      };
    });
  }

  async adjust(request: ledger.AdjustRequest): Promise<ledger.AdjustResult> {
    const wanted = requests.adjustRequest.parse(request);
    return this.#once<ledger.AdjustResult>("adjust", wanted, () => {
      const balances = this.#books.balances();
      const [needed, available] = [0 - wanted.credits, balances.available];
      if (needed > available) {
        return { answer: { ok: false, code: "insufficient_credits", needed, available }, postings: [] };
      }
      const { postings, after } = collectOwed(postAdjust(wanted), balances);
      return { answer: { ok: true, balance: after.available, isRepeat: false }, postings };
    });
  }

  async waive(request: ledger.WaiveRequest): Promise<ledger.WaiveResult> {
    const wanted = requests.waiveRequest.parse(request);
    return this.#once<ledger.WaiveResult>("waive", wanted, () => {
      const { owed } = this.#books.balances();
      return { answer: { ok: true, waived: owed, isRepeat: false }, postings: postWaive(wanted, owed) };
    });
  }

  async hold(request: ledger.HoldRequest): Promise<ledger.HoldResult> {
    const wanted = requests.holdRequest.parse(request);
    return this.#once<ledger.HoldResult>("hold", wanted, (nowMs) => {
      const held = heldBy(wanted, nowMs);
      const state = { ...readSpendable(this.ctx.storage.sql), counts: this.#counters.readCounts(held) };
      const answer = decideHold(wanted, state, nowMs);
      if (!answer.ok) return { answer, postings: [] };
      const write = () => {
        this.#books.addHold(held);
        this.#counters.count(held, { videosToday: held.videos, monthly: wanted.usage });
      };
      return { answer, postings: postHold(wanted), write };
    });
  }

  async reclaim(request: ledger.ReclaimRequest): Promise<ledger.ReclaimResult> {
    const wanted = requests.reclaimRequest.parse(request);
    return this.#change((nowMs) => reclaim({ books: this.#books, claims: this.#claims }, wanted, nowMs));
  }

  async restore(request: ledger.RestoreRequest): Promise<ledger.RestoreResult> {
    const wanted = requests.restoreRequest.parse(request);
    return this.#change((nowMs) => restore({ books: this.#books, claims: this.#claims }, wanted, nowMs));
  }

  async freeze(request: ledger.FreezeRequest): Promise<void> {
    const wanted = requests.freezeRequest.parse(request);
    this.#change((nowMs) => this.#claims.freeze(wanted, nowMs));
  }

  async unfreeze(request: { id: string }): Promise<void> {
    const { id } = requests.unfreezeRequest.parse(request);
    this.#change((nowMs) => this.#claims.unfreeze(id, nowMs));
  }

  async capture(request: ledger.CaptureRequest): Promise<ledger.SettleResult> {
    const wanted = requests.captureRequest.parse(request);
    return this.#settle(wanted.holdId, (held) => settleByCapture(wanted, held));
  }

  async release(request: { holdId: string; reason: string }): Promise<ledger.SettleResult> {
    const wanted = requests.releaseRequest.parse(request);
    return this.#settle(wanted.holdId, (held) => settleByRelease(wanted, held));
  }

  async findHold(holdId: string): ReturnType<ledger.Ledger["findHold"]> {
    const hold = this.#books.findHold(holdId);
    if (hold === null) return null;
    return { status: hold.settled?.status ?? "held", credits: hold.credits, creditsCharged: hold.creditsCharged };
  }

  async store(request: ledger.StoreRequest): Promise<ledger.StoreResult> {
    const wanted = requests.storeRequest.parse(request);
    return this.#change((nowMs) => {
      const isKept = this.#counters.isKept(wanted.id);
      if (isKept !== null) return isKept ? { ok: true } : { ok: false, code: "id_spent" };
      const { month } = windowsAt(nowMs);
      const answer = decideStore(wanted, this.#counters.readUploadCounts(month), nowMs);
      // A late retry can never turn a refusal into bytes that nobody gives back.
      if (answer.ok) this.#counters.addUpload({ ...wanted, month }, nowMs);
      else this.#counters.spendUpload(wanted.id, nowMs);
      return answer;
    });
  }

  async unstore(request: { id: string }): Promise<void> {
    const { id } = requests.unstoreRequest.parse(request);
    this.#change((nowMs) => this.#counters.spendUpload(id, nowMs));
  }

  async readUploads(plan: Plan): Promise<ledger.UploadState[]> {
    const known = requests.planName.parse(plan);
    const nowMs = Date.now();
    return uploadStatesAt(known, this.#counters.readUploadCounts(windowsAt(nowMs).month), nowMs);
  }

  async readBalance(): Promise<ledger.LedgerBalance> {
    return readBalance(this.ctx.storage.sql);
  }

  async readUsage(plan: Plan): Promise<ledger.LedgerUsage> {
    const known = requests.planName.parse(plan);
    const nowMs = Date.now();
    const { videosToday, monthly } = this.#counters.readCounts(windowsAt(nowMs));
    return { daily: dailyStateAt(known, videosToday, nowMs), monthly: monthlyStatesAt(known, monthly, nowMs) };
  }

  async readHistory(request: { fromDay: string }): Promise<ledger.DayOfHistory[]> {
    return this.#counters.history(requests.historyRequest.parse(request).fromDay);
  }

  async readStatement(request: Parameters<ledger.Ledger["readStatement"]>[0]): Promise<ledger.LedgerStatement> {
    return proveLedger(this.ctx.storage.sql, requests.statementRequest.parse(request));
  }

  async readTransactions(request: { afterNumber: number; limit: number }): Promise<TransactionRow[]> {
    const { afterNumber, limit } = requests.transactionsRequest.parse(request);
    return this.#books.transactions(afterNumber, limit);
  }

  async drainOutbox(): Promise<void> {
    const db = drizzle(this.env.DB);
    for (;;) {
      const rows = this.#books.uncopied(entriesPerCopy);
      const last = rows.at(-1);
      if (last === undefined) return;
      // Two drains at once copy the same rows, and the second copy changes nothing.
      await copyTransactions(db, rows);
      this.#books.markCopied(last.sequence);
    }
  }

  async dump(): Promise<ReadableStream<Uint8Array>> {
    return dumpLedger(this.ctx.storage.sql);
  }

  async load(stream: ReadableStream<Uint8Array>): Promise<ledger.LoadResult> {
    const copy = await readCopy(stream);
    return this.#change(() => {
      const result = loadLedger(this.ctx.storage.sql, copy);
      this.#books.forgetCopied();
      return result;
    });
  }

  async destroy(): Promise<void> {
    await endLedger(this.ctx.storage, Date.now());
  }

  /** May run twice or late. Does not throw: the platform would try six times and then never again. */
  override async alarm(): Promise<void> {
    if (hasEnded(this.ctx.storage.sql)) return;
    this.#books.setDrainSchedule({ failures: this.#books.outbox().failures, armedForMs: null });
    try {
      await this.drainOutbox();
    } catch {
      if (hasEnded(this.ctx.storage.sql)) return;
      this.ctx.storage.transactionSync(() => this.#rearmDrain(this.#books.outbox().failures + 1, Date.now()));
    }
  }

  #settle(holdId: string, decide: (held: Held) => Settlement): ledger.SettleResult {
    return this.#change((nowMs) => {
      const hold = this.#books.findHold(holdId);
      if (hold === null) return { ok: false, code: "unknown_hold" };
      if (hold.settled !== null)
        return { ok: true, ...hold.settled, creditsCharged: hold.creditsCharged, isRepeat: true };
      const settlement = decide(hold);
      const { status, credits: creditsCharged } = settlement;
      const { postings, after } = collectOwed(settlement.postings, this.#books.balances());
      this.#books.settleHold(holdId, { ...settlement, balance: after.available }, nowMs);
      this.#counters.count(hold, settlement.countChange);
      this.#books.post(holdId, postings, nowMs);
      return { ok: true, status, creditsCharged, balance: after.available, isRepeat: false };
    });
  }

  /** One storage transaction; the copy of what it posted is scheduled in the same one. */
  #change<Answer>(work: (nowMs: number) => Answer): Answer {
    const nowMs = Date.now();
    return this.ctx.storage.transactionSync(() => {
      const answer = work(nowMs);
      this.#armDrain(nowMs);
      return answer;
    });
  }

  /**
   * One answer for one id: the first time it is decided, remembered and posted, and after that it is the same for ever. An
   * id that turns out to be another's stays free.
   */
  #once<Answer extends OnceAnswer>(
    kind: Exclude<requests.OperationKind, "claim">,
    request: requests.OnceRequest,
    decide: (nowMs: number) => Decision<Answer | ledger.IdReused>,
  ): Answer | ledger.IdReused {
    return this.#change((nowMs) => {
      const fingerprint = requests.fingerprint(request);
      const earlier = this.#books.findOperation(request.id);
      if (earlier !== null) {
        const difference = requests.describeDifference(earlier, { kind, fingerprint });
        return difference === null ? repeated<Answer>(earlier.answer ?? "null") : idReused(difference);
      }
      const { answer, postings, write } = decide(nowMs);
      if (!answer.ok && answer.code === "id_reused") return answer;
      this.#books.addOperation(request.id, { kind, fingerprint, answer: JSON.stringify(answer) }, nowMs);
      write?.();
      this.#books.post(request.id, postings, nowMs);
      return answer;
    });
  }

  #armDrain(nowMs: number): void {
    const { isCopied, ...schedule } = this.#books.outbox();
    if (isCopied) return;
    const drainAtMs = nextDrainAtMs(schedule, nowMs);
    if (drainAtMs === null) return;
    this.#books.setDrainSchedule({ ...schedule, armedForMs: drainAtMs });
    // Part of the transaction it is called in: undone with it.
    void this.ctx.storage.setAlarm(drainAtMs);
  }

  #rearmDrain(failures: number, nowMs: number): void {
    this.#books.setDrainSchedule({ armedForMs: null, failures });
    this.#armDrain(nowMs);
  }
}
