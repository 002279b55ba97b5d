import { DurableObject } from "cloudflare:workers";
import { giveBackOne, type Taken, takeOne, timesWithin, type WindowRule } from "../core/sliding-window.ts";

/** The platform takes an idle object out of memory after 10 seconds (Durable Objects, Lifecycle). */
const idleMs = 10_000;
const keptUnder = "window";

type Kept = { times: number[]; windowMs: number };

/**
 * One caller's requests of one class; addressed by both. A window no longer than the platform's patience lives in memory alone:
 * an object idle for so long has an empty one, so its eviction loses nothing. A longer one is stored too, or a pause of ten
 * seconds would begin a new hour; unconfirmed, since a crash may cost a count but the answer must not wait for a disk.
 */
export class RateWindow extends DurableObject<object> {
  #times: number[] | null = null;
  #isSweepSet = false;

  take(rule: WindowRule): Taken & { takenAtMs: number } {
    const nowMs = Date.now();
    const { times, taken } = takeOne(this.#read(rule), rule, nowMs);
    if (taken.isAllowed) this.#write(times, rule);
    return { ...taken, takenAtMs: nowMs };
  }

  giveBack(rule: WindowRule, takenAtMs: number): void {
    this.#write(giveBackOne(this.#read(rule), takenAtMs), rule);
  }

  /** Nothing is left behind of an address that has gone. */
  override async alarm(): Promise<void> {
    this.#isSweepSet = false;
    const kept = this.ctx.storage.kv.get<Kept>(keptUnder);
    if (kept === undefined) return;
    const live = timesWithin(kept.times, kept.windowMs, Date.now());
    const newestMs = live.at(-1);
    if (newestMs === undefined) await this.ctx.storage.deleteAll();
    else this.#sweepAt(newestMs + kept.windowMs);
  }

  #read({ windowMs }: WindowRule): number[] {
    this.#times ??= windowMs > idleMs ? (this.ctx.storage.kv.get<Kept>(keptUnder)?.times ?? []) : [];
    return this.#times;
  }

  #write(times: number[], { windowMs }: WindowRule): void {
    this.#times = times;
    if (windowMs <= idleMs) return;
    const kept: Kept = { times, windowMs };
    void this.ctx.storage.put(keptUnder, kept, { allowUnconfirmed: true });
    if (!this.#isSweepSet) this.#sweepAt(Date.now() + windowMs);
  }

  #sweepAt(atMs: number): void {
    this.#isSweepSet = true;
    void this.ctx.storage.setAlarm(atMs, { allowUnconfirmed: true });
  }
}
