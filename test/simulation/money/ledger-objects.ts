/** The real CreditLedger of each tenant, in this process: evicted, crashed and woken by its alarm as a schedule will have it. */
import { CreditLedger } from "../../../src/objects/credit-ledger.ts";
import { type CommitMoment, ObjectCrashed, ObjectStorage } from "./object-storage.ts";
import { CallFailed, type FateOf, noFate, Process, type Processes } from "./processes.ts";
import { SqliteFile } from "./sqlite-d1.ts";

const alarmAgainMs = 2_000;
/** Tenants who join later have other ids in each schedule, and are not met again. */
const filesKept = 8;
const files = new Map<string, SqliteFile>();

type Living = { ledger: CreditLedger; isReady: Promise<void> };
type Method = (request: unknown) => Promise<unknown>;

export class LedgerObjects {
  readonly storages = new Map<string, ObjectStorage>();
  /** Tenants whose books may have moved since somebody last looked. */
  readonly touched = new Set<string>();
  /** What befalls the objects' own calls: their copies to D1. */
  fateOf: FateOf = noFate;
  private readonly living = new Map<string, Living>();
  private readonly processes: Processes;
  private readonly env: { DB: D1Database };

  constructor(processes: Processes, env: { DB: D1Database }) {
    this.processes = processes;
    this.env = env;
  }

  /** As wiring's binding: stubs by name, whose calls are points of whoever makes them. */
  namespace(): DurableObjectNamespace<CreditLedger> {
    const stubOf = (tenantId: string) =>
      new Proxy(
        {},
        {
          get: (_, name: string) => (request: unknown) =>
            this.processes
              .at("ledger", name, () => this.call(tenantId, name, request))
              .catch((error: unknown) => {
                if (!(error instanceof CallFailed)) throw error;
                // The object died of it, before its commit or after: whoever comes next meets a new one.
                this.evict(tenantId);
                throw new Error("Network connection lost", { cause: error });
              }),
        },
      );
    const namespace = { idFromName: (name: string) => name, get: stubOf };
    return namespace as unknown as DurableObjectNamespace<CreditLedger>;
  }

  evict(tenantId: string): void {
    this.living.delete(tenantId);
  }

  evictAll(): void {
    this.living.clear();
  }

  /** The next transaction of this object breaks, and the object with it. */
  crashNext(tenantId: string, moment: CommitMoment): void {
    const storage = this.storages.get(tenantId);
    if (storage !== undefined) storage.crashAt = moment;
  }

  dueAlarms(nowMs: number): string[] {
    return [...this.storages].filter(([, { alarmAtMs }]) => alarmAtMs !== null && alarmAtMs <= nowMs).map(([id]) => id);
  }

  nextAlarmMs(): number | null {
    const alarms = [...this.storages.values()].flatMap(({ alarmAtMs }) => alarmAtMs ?? []);
    return alarms.length === 0 ? null : Math.min(...alarms);
  }

  async ring(tenantId: string): Promise<void> {
    const storage = this.storages.get(tenantId);
    if (storage === undefined) return;
    storage.alarmAtMs = null;
    try {
      await this.inObject(tenantId, (ledger) => ledger.alarm());
    } catch (error) {
      if (!(error instanceof ObjectCrashed)) throw error;
      // The platform rings again.
      storage.alarmAtMs ??= Date.now() + alarmAgainMs;
    }
  }

  /** Nothing breaks any more. */
  calm(): void {
    this.fateOf = noFate;
    for (const storage of this.storages.values()) storage.crashAt = null;
  }

  /** As a caller of no process: what is asked for the sake of a check. */
  async ask<Answer>(tenantId: string, work: (ledger: CreditLedger) => Promise<Answer>): Promise<Answer> {
    const { ledger, isReady } = this.wake(tenantId);
    await isReady;
    return work(ledger);
  }

  private async call(tenantId: string, name: string, request: unknown): Promise<unknown> {
    this.touched.add(tenantId);
    // What crosses the border is copied, there and back.
    const given = structuredClone(request);
    const answer = await this.inObject(tenantId, (ledger) => (Reflect.get(ledger, name) as Method).call(ledger, given));
    return structuredClone(answer);
  }

  private async inObject<Answer>(tenantId: string, work: (ledger: CreditLedger) => Promise<Answer>): Promise<Answer> {
    const object = new Process(`ledger ${tenantId}`, (point) => this.fateOf(point));
    try {
      return await this.processes.inside(object, async () => {
        const { ledger, isReady } = this.wake(tenantId);
        await isReady;
        return work(ledger);
      });
    } catch (error) {
      if (error instanceof ObjectCrashed) this.evict(tenantId);
      throw error;
    }
  }

  /** Migrated once for a tenant's id, by the object itself, and used again by every schedule that has such a tenant. */
  private open(tenantId: string): ObjectStorage {
    const migrated = files.get(tenantId);
    const storage = new ObjectStorage(migrated ?? new SqliteFile());
    this.storages.set(tenantId, storage);
    if (migrated !== undefined) {
      migrated.reset();
      return storage;
    }
    this.wake(tenantId);
    this.living.delete(tenantId);
    storage.file.begin();
    if (files.size < filesKept) files.set(tenantId, storage.file);
    return storage;
  }

  private wake(tenantId: string): Living {
    const awake = this.living.get(tenantId);
    if (awake !== undefined) return awake;
    const storage = this.storages.get(tenantId) ?? this.open(tenantId);
    let isReady: Promise<void> = Promise.resolve();
    const state = {
      storage,
      id: { name: tenantId },
      blockConcurrencyWhile: (work: () => Promise<void>) => {
        isReady = work();
        return isReady;
      },
    };
    const ledger = new CreditLedger(state as unknown as DurableObjectState, this.env);
    const woken = { ledger, isReady };
    this.living.set(tenantId, woken);
    return woken;
  }
}
