/**
 * Statements whose SQL is written once, for what every submit and every request asks: drizzle takes longer to write an INSERT
 * of thirty columns than the database to run it.
 */
import { is, Param, Placeholder, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { invariant } from "./fail.ts";

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
type Fill = (values: Record<string, unknown>) => unknown;
const fillsKnown = new WeakMap<Prepared, Fill[]>();

/** The statement with these values, as one of a batch: drizzle's own batches leave placeholders unfilled. */
export function withValues(prepared: Prepared, values: Record<string, unknown>): BatchItem<"sqlite"> {
  const query = prepared.getQuery();
  const filled = { ...query, params: fillsOf(prepared).map((fill) => fill(values)) };
  const item = { _prepare: () => Object.assign(Object.create(prepared), { getQuery: () => filled }) };
  return item as unknown as BatchItem<"sqlite">;
}

/** How each parameter comes by its value, found out once: drizzle asks each one what it is, each time. */
function fillsOf(prepared: Prepared): Fill[] {
  const fills = fillsKnown.get(prepared) ?? prepared.getQuery().params.map(fillOf);
  fillsKnown.set(prepared, fills);
  return fills;
}

function fillOf(parameter: unknown): Fill {
  if (is(parameter, Placeholder)) return (values) => valueFor(values, parameter.name);
  if (!is(parameter, Param) || !is(parameter.value, Placeholder)) return () => parameter;
  const { encoder, value } = parameter;
  return (values) => encoder.mapToDriverValue(valueFor(values, value.name));
}

function valueFor(values: Record<string, unknown>, name: string): unknown {
  invariant(name in values, `no value was given for ${name}`);
  return values[name];
}
