/**
 * The storage of one Durable Object over SQLite in this process, as src/objects uses it: synchronous SQL, transactions that
 * nest, an alarm that is part of the transaction it is set in. What it survives is what the platform's survives: an eviction
 * is a new instance over the same storage, and a crash undoes the transaction that was under way.
 */
import type { SQLInputValue } from "node:sqlite";
import type { SqliteFile } from "./sqlite-d1.ts";

/** Thrown where the object dies: whoever called it hears that it is gone. */
export class ObjectCrashed extends Error {
  /** The platform's own mark: whoever holds the stub may ask a new one. */
  readonly retryable = true;
  constructor() {
    super("Durable Object reset because it ran into trouble");
    this.name = "ObjectCrashed";
  }
}

export type CommitMoment = "before_commit" | "after_commit";

type Row = Record<string, string | number | null>;

class Cursor {
  readonly columnNames: string[];
  private readonly rows: Row[];

  constructor(rows: Row[]) {
    this.rows = rows;
    this.columnNames = Object.keys(rows[0] ?? {});
  }

  toArray(): Row[] {
    return this.rows;
  }

  one(): Row {
    const [row] = this.rows;
    if (row === undefined || this.rows.length > 1) {
      throw new Error(`Expected exactly one result from SQL query, but got ${this.rows.length}`);
    }
    return row;
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.rows[Symbol.iterator]();
  }
}

export class ObjectStorage {
  readonly file: SqliteFile;
  alarmAtMs: number | null = null;
  /** Where the next transaction breaks. */
  crashAt: CommitMoment | null = null;
  private depth = 0;

  constructor(file: SqliteFile) {
    this.file = file;
  }

  readonly sql = {
    exec: (query: string, ...bindings: SQLInputValue[]): Cursor => {
      // `prepare` takes one statement: a script of several has no bindings and tells nothing.
      if (bindings.length === 0 && /;\s*\S/.test(query)) {
        this.file.database.exec(query);
        return new Cursor([]);
      }
      return new Cursor(this.file.rows<Row>(query, ...bindings));
    },
  };

  transactionSync<Answer>(work: () => Answer): Answer {
    const moment = this.depth === 0 ? this.crashAt : null;
    if (this.depth === 0) this.crashAt = null;
    const answer = this.inTransaction(() => {
      const worked = work();
      if (moment === "before_commit") throw new ObjectCrashed();
      return worked;
    });
    if (moment === "after_commit") throw new ObjectCrashed();
    return answer;
  }

  async getAlarm(): Promise<number | null> {
    return this.alarmAtMs;
  }

  setAlarm(atMs: number): Promise<void> {
    this.alarmAtMs = atMs;
    return Promise.resolve();
  }

  deleteAlarm(): Promise<void> {
    this.alarmAtMs = null;
    return Promise.resolve();
  }

  private inTransaction<Answer>(work: () => Answer): Answer {
    const alarmBefore = this.alarmAtMs;
    this.depth += 1;
    try {
      return this.file.transaction(work);
    } catch (error) {
      this.alarmAtMs = alarmBefore;
      throw error;
    } finally {
      this.depth -= 1;
    }
  }
}
