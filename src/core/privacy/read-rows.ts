import { type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** D1 takes 100 bound parameters a statement. */
const rowsPerRead = 90;

export type Row = Record<string, unknown>;

/** The rows of a table that somebody's id finds, page by page. Which they are is settled at the beginning. */
export async function* readRows(
  deps: Deps,
  { table, where }: { table: string; where: string },
  id: string,
): AsyncGenerator<Row[]> {
  const name = sql.identifier(table);
  const places = await deps.db.all<{ place: number }>(
    sql`select rowid as place from ${name} where ${whereId(where, id)} order by rowid`,
  );
  for (let from = 0; from < places.length; from += rowsPerRead) {
    const page = places.slice(from, from + rowsPerRead).map(({ place }) => sql`${place}`);
    yield await deps.db.all<Row>(sql`select * from ${name} where rowid in (${sql.join(page, sql`, `)}) order by rowid`);
  }
}

/** SQL in which `?1` is an id. */
export function whereId(where: string, id: string): SQL {
  return sql.join(
    where.split("?1").map((part) => sql.raw(part)),
    sql`${id}`,
  );
}
