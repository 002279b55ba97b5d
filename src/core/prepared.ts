/**
 * Statements whose SQL is written once, for what every submit and every request asks: drizzle takes longer to write an INSERT
 * of thirty columns than the database to run it.
 */
import { fillPlaceholders, type Placeholder, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { DrizzleD1Database } from "drizzle-orm/d1";

/** One for each database, made when it is first asked for. */
export function perDatabase<Made>(make: (db: DrizzleD1Database) => Made): (db: DrizzleD1Database) => Made {
  const made = new WeakMap<DrizzleD1Database, Made>();
  return (db) => {
    const known = made.get(db) ?? make(db);
    made.set(db, known);
    return known;
  };
}

/** A place in the statement for each name. */
export function placeholders<Name extends string>(...names: readonly Name[]): Record<Name, Placeholder<Name>> {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<Name, Placeholder<Name>>;
}

type Prepared = { getQuery(): { sql: string; params: unknown[] } };

/** The statement with these values, as one of a batch: drizzle's own batches leave placeholders unfilled. */
export function withValues(prepared: Prepared, values: Record<string, unknown>): BatchItem<"sqlite"> {
  const query = prepared.getQuery();
  const filled = { ...query, params: fillPlaceholders(query.params, values) };
  const item = { _prepare: () => Object.assign(Object.create(prepared), { getQuery: () => filled }) };
  return item as unknown as BatchItem<"sqlite">;
}
