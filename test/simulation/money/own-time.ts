/** One clock for everybody in this process, timers that go off only when nothing else can happen, and chance from a seed. */
import { Chance } from "./chance.ts";

type Timer = { number: number; atMs: number; run: () => void };

export class OwnTime {
  nowMs = 0;
  private timers: Timer[] = [];
  private numbers = 0;
  private chance = new Chance(0);
  private restore: (() => void)[] = [];

  /** Before each schedule. */
  reset(nowMs: number, seed: number): void {
    this.nowMs = nowMs;
    this.timers = [];
    this.chance = new Chance(seed);
  }

  bytes(length: number): Uint8Array {
    return this.chance.fill(new Uint8Array(length));
  }

  /** The earliest timer goes off, and the clock with it; false: there is none. */
  runNextTimer(): boolean {
    const [first] = this.timers.sort((one, other) => one.atMs - other.atMs || one.number - other.number);
    if (first === undefined) return false;
    this.timers.shift();
    this.nowMs = Math.max(this.nowMs, first.atMs);
    first.run();
    return true;
  }

  /** Takes the place of the process's own clock, timers and chance, which objects and adapters use directly. */
  install(): void {
    this.put(Date, "now", () => this.nowMs);
    this.put(Math, "random", () => this.chance.next());
    this.put(crypto, "getRandomValues", (array: Uint8Array) => this.chance.fill(array));
    this.put(globalThis, "setTimeout", (run: () => void, delayMs = 0) => {
      this.numbers += 1;
      this.timers.push({ number: this.numbers, atMs: this.nowMs + delayMs, run });
      return this.numbers;
    });
    this.put(globalThis, "clearTimeout", (number: unknown) => {
      this.timers = this.timers.filter((timer) => timer.number !== number);
    });
  }

  uninstall(): void {
    for (const restore of this.restore.splice(0).reverse()) restore();
  }

  private put<Owner extends object>(owner: Owner, name: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
    this.restore.push(() => {
      if (before === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, before);
    });
  }
}
