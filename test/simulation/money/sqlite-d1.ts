/**
 * D1 as drizzle's driver uses it, over SQLite in this process: the same SQL on the same engine, a batch as one transaction, one
 * call as one step that a schedule can fail, delay, or let a process die at. workerd's own D1 is what the tests in
 * test/workers use; it cannot be held still between two statements, nor be asked a million times in three minutes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** Around each call of the database: where a schedule interferes. */
export type Gate = <Answer>(label: string, work: () => Answer) => Promise<Answer>;

/** cloudflare.md: bound parameters of one statement. */
const parametersMax = 100;

type Row = Record<string, unknown>;
type Result = { success: true; results: Row[]; meta: { changes: number } };

/** A database whose rows are all undone by `reset`: one is migrated once, and serves every schedule. */
export class SqliteFile {
  readonly database = new DatabaseSync(":memory:");
  private readonly prepared = new Map<string, StatementSync>();
  private readonly preparedArrays = new Map<string, StatementSync>();

  /** What is here now is what every schedule begins with. */
  begin(): void {
    this.database.exec("BEGIN");
  }

  reset(): void {
    this.database.exec("ROLLBACK; BEGIN");
  }

  rows<Shape = Row>(query: string, ...bindings: SQLInputValue[]): Shape[] {
    return this.statement(query).all(...bindings) as Shape[];
  }

  arrays(query: string, bindings: SQLInputValue[]): unknown[][] {
    const kept = this.preparedArrays.get(query);
    const statement = kept ?? this.database.prepare(query);
    if (kept === undefined) {
      statement.setReturnArrays(true);
      this.preparedArrays.set(query, statement);
    }
    return statement.all(...bindings) as unknown as unknown[][];
  }

  /** All of it or nothing; may be called inside another one. */
  transaction<Answer>(work: () => Answer): Answer {
    this.database.exec("SAVEPOINT step");
    try {
      const answer = work();
      this.database.exec("RELEASE step");
      return answer;
    } catch (error) {
      this.database.exec("ROLLBACK TO step; RELEASE step");
      throw error;
    }
  }

  private statement(query: string): StatementSync {
    const kept = this.prepared.get(query);
    if (kept !== undefined) return kept;
    const statement = this.database.prepare(query);
    this.prepared.set(query, statement);
    return statement;
  }
}

/** The service's own tables, from migrations/. */
export function openTables(): SqliteFile {
  const folder = join(import.meta.dirname, "../../../migrations");
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const file = new SqliteFile();
  for (const name of names.sort()) file.database.exec(readFileSync(join(folder, name), "utf8"));
  file.begin();
  return file;
}

class SqliteD1Statement {
  readonly query: string;
  readonly bindings: SQLInputValue[];
  private readonly file: SqliteFile;
  private readonly gate: Gate;

  constructor(file: SqliteFile, gate: Gate, query: string, bindings: SQLInputValue[]) {
    this.file = file;
    this.gate = gate;
    this.query = query;
    this.bindings = bindings;
  }

  bind(...values: unknown[]): SqliteD1Statement {
    if (values.length > parametersMax) throw new Error(`D1_ERROR: too many SQL variables: ${values.length}`);
    return new SqliteD1Statement(this.file, this.gate, this.query, values.map(toBinding));
  }

  all(): Promise<Result> {
    return this.gate(labelOf(this.query), () => this.result());
  }

  run(): Promise<Result> {
    return this.all();
  }

  async raw(): Promise<unknown[][]> {
    return this.gate(labelOf(this.query), () => inD1Words(() => this.file.arrays(this.query, this.bindings)));
  }

  async first(column?: string): Promise<unknown> {
    const [row] = (await this.all()).results;
    if (row === undefined) return null;
    return column === undefined ? row : row[column];
  }

  result(): Result {
    return inD1Words(() => {
      const results = this.file.rows(this.query, ...this.bindings);
      return { success: true, results, meta: { changes: changesOf(this.file) } };
    });
  }
}

/** The binding that `drizzle` is given. */
export function connectD1(file: SqliteFile, gate: Gate): D1Database {
  const database = {
    prepare: (query: string) => new SqliteD1Statement(file, gate, query, []),
    batch: (statements: SqliteD1Statement[]) =>
      gate(`batch: ${statements.map(({ query }) => labelOf(query)).join(", ")}`, () =>
        file.transaction(() => statements.map((statement) => statement.result())),
      ),
  };
  return database as unknown as D1Database;
}

function changesOf(file: SqliteFile): number {
  return Number(file.rows<{ changes: number }>("SELECT changes() AS changes")[0]?.changes ?? 0);
}

function toBinding(value: unknown): SQLInputValue {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${String(value)}'`);
}

function inD1Words<Answer>(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const isConstraint = words.includes("constraint failed");
    throw new Error(`D1_ERROR: ${words}${isConstraint ? ": SQLITE_CONSTRAINT" : ""}`, { cause: error });
  }
}

/** The first words of a statement and the table it is about: enough to tell one step from another. */
function labelOf(query: string): string {
  const table = /\b(?:from|into|update)\s+["`]?(\w+)/i.exec(query)?.[1] ?? "";
  return `${query.trimStart().slice(0, 6).toLowerCase()} ${table}`;
}
