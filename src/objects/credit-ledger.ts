import { DurableObject } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { decideHold, heldBy } from "../core/credits/decide-hold.ts";
import { nextDrainAtMs } from "../core/credits/drain-schedule.ts";
import type * as ledger from "../core/credits/ledger.ts";
import { dailyStateAt, monthlyStatesAt } from "../core/credits/limits.ts";
import { postGrant, postHold } from "../core/credits/postings.ts";
import * as requests from "../core/credits/requests.ts";
import { type Held, type Settlement, settleByCapture, settleByRelease } from "../core/credits/settle.ts";
import { copyTransactions } from "../core/credits/store.ts";
import { decideStore, uploadStatesAt } from "../core/credits/uploads.ts";
import { type Plan, windowsAt } from "../core/plans/plans.ts";
import { LedgerBooks, type OperationRow } from "./ledger-books.ts";

/** Entries copied in one call: a batch of D1 statements has 30 s together. */
const entriesPerCopy = 450;

/**
 * The credits, the day's videos and the month's quotas of one tenant, addressed by `idFromName(tenantId)`. Each method
 * that changes something reads, asks the core's rules and writes in one synchronous transaction: nothing can come
 * between. D1 only ever gets a copy, later, and may be down meanwhile.
 *
 * Helpers are `#private`, since TypeScript's `private` would leave them callable over RPC.
 */
export class CreditLedger extends DurableObject<{ DB: D1Database }> implements ledger.Ledger {
  readonly #books: LedgerBooks;

  constructor(state: DurableObjectState, env: { DB: D1Database }) {
    super(state, env);
    const { storage } = state;
    this.#books = new LedgerBooks(storage.sql);
    void state.blockConcurrencyWhile(async () => {
      storage.transactionSync(() => this.#books.migrate(state.id.name, Date.now()));
      if (!this.#books.isCopied() && (await storage.getAlarm()) === null) {
        storage.transactionSync(() => this.#rearmDrain(this.#books.drainSchedule().failures, Date.now()));
      }
    });
  }

  async grant(request: ledger.GrantRequest): Promise<ledger.GrantResult> {
    const wanted = requests.grantRequest.parse(request);
    return this.#change((nowMs) => {
      const earlier = this.#findEarlier<ledger.GrantResult>("grant", wanted);
      if (earlier !== null) return earlier;
      const balance = this.#books.balanceOf("available") + wanted.credits;
      const answer: ledger.GrantResult = { ok: true, balance, isRepeat: false };
      this.#remember("grant", wanted, answer, nowMs);
      this.#books.post(wanted.id, postGrant(wanted), nowMs);
      return answer;
    });
  }

  async hold(request: ledger.HoldRequest): Promise<ledger.HoldResult> {
    const wanted = requests.holdRequest.parse(request);
    return this.#change((nowMs) => {
      const earlier = this.#findEarlier<ledger.HoldResult>("hold", wanted);
      if (earlier !== null) return earlier;
      const held = heldBy(wanted, nowMs);
      const state = { available: this.#books.balanceOf("available"), counts: this.#books.readCounts(held) };
      const answer = decideHold(wanted, state, nowMs);
      this.#remember("hold", wanted, answer, nowMs);
      if (answer.ok) {
        this.#books.addHold(held);
        this.#books.count(held, { videosToday: held.videos, monthly: wanted.usage });
        this.#books.post(wanted.id, postHold(wanted), nowMs);
      }
      return answer;
    });
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
      const isKept = this.#books.isKept(wanted.id);
      if (isKept !== null) return isKept ? { ok: true } : { ok: false, code: "id_spent" };
      const { month } = windowsAt(nowMs);
      const answer = decideStore(wanted, this.#books.readUploadCounts(month), nowMs);
      // A late retry can never turn a refusal into bytes that nobody gives back.
      if (answer.ok) this.#books.addUpload({ ...wanted, month }, nowMs);
      else this.#books.spendUpload(wanted.id, nowMs);
      return answer;
    });
  }

  async unstore(request: { id: string }): Promise<void> {
    const { id } = requests.unstoreRequest.parse(request);
    this.#change((nowMs) => this.#books.spendUpload(id, nowMs));
  }

  async readUploads(plan: Plan): Promise<ledger.UploadState[]> {
    const known = requests.planName.parse(plan);
    const nowMs = Date.now();
    return uploadStatesAt(known, this.#books.readUploadCounts(windowsAt(nowMs).month), nowMs);
  }

  async readBalance(): Promise<ledger.LedgerBalance> {
    return {
      balance: this.#books.balanceOf("available"),
      held: this.#books.balanceOf("held"),
      totalPurchased: this.#books.totalPurchased(),
    };
  }

  async readUsage(plan: Plan): Promise<ledger.LedgerUsage> {
    const known = requests.planName.parse(plan);
    const nowMs = Date.now();
    const { videosToday, monthly } = this.#books.readCounts(windowsAt(nowMs));
    return { daily: dailyStateAt(known, videosToday, nowMs), monthly: monthlyStatesAt(known, monthly, nowMs) };
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

  /** May run twice or late. Does not throw: the platform would try six times and then never again. */
  override async alarm(): Promise<void> {
    this.#books.setDrainSchedule({ ...this.#books.drainSchedule(), armedForMs: null });
    try {
      await this.drainOutbox();
    } catch {
      this.ctx.storage.transactionSync(() => this.#rearmDrain(this.#books.drainSchedule().failures + 1, Date.now()));
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
      const balance = this.#books.balanceOf("available") + settlement.balanceChange;
      this.#books.settleHold(holdId, { ...settlement, balance }, nowMs);
      this.#books.count(hold, settlement.countChange);
      this.#books.post(holdId, settlement.postings, nowMs);
      return { ok: true, status, creditsCharged, balance, isRepeat: false };
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

  /** The answer its id got before, or null for a new one. */
  #findEarlier<Answer extends ledger.GrantResult | ledger.HoldResult>(
    kind: OperationRow["kind"],
    request: ledger.GrantRequest | ledger.HoldRequest,
  ): Answer | ledger.IdReused | null {
    const earlier = this.#books.findOperation(request.id);
    if (earlier === null) return null;
    const difference = requests.describeDifference(earlier, { kind, fingerprint: requests.fingerprint(request) });
    if (difference !== null) return { ok: false, code: "id_reused", detail: difference };
    const answer = JSON.parse(earlier.answer) as Answer;
    return answer.ok ? { ...answer, isRepeat: true } : answer;
  }

  #remember(
    kind: OperationRow["kind"],
    request: ledger.GrantRequest | ledger.HoldRequest,
    answer: ledger.GrantResult | ledger.HoldResult,
    nowMs: number,
  ): void {
    const fingerprint = requests.fingerprint(request);
    this.#books.addOperation(request.id, { kind, fingerprint, answer: JSON.stringify(answer) }, nowMs);
  }

  #armDrain(nowMs: number): void {
    if (this.#books.isCopied()) return;
    const schedule = this.#books.drainSchedule();
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
