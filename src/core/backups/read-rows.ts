import { type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { Row } from "./backup-file.ts";

const rowsPerPage = 200;

/**
 * Every column of the rows that `where` finds, a page at a time. Which rows those are is asked once: the same question for
 * each page would read a tenant's index from its beginning again and again.
 */
export async function* readRows(
  { db }: Deps,
  from: { table: string; where: string },
  id: string,
): AsyncGenerator<Row[]> {
  const table = sql.identifier(from.table);
  const found = await db.all<{ place: number }>(
    sql`select rowid as place from ${table} where ${bind(from.where, id)} order by rowid`,
  );
  for (let start = 0; start < found.length; start += rowsPerPage) {
    const places = JSON.stringify(found.slice(start, start + rowsPerPage).map(({ place }) => place));
    const rows = await db.all<Row>(
      sql`select * from ${table} where rowid in (select value from json_each(${places})) order by rowid`,
    );
    if (rows.length > 0) yield rows;
  }
}

/** `?1` in the lists of tables stands for an id. */
function bind(where: string, id: string): SQL {
  return sql.join(
    where.split("?1").map((words) => sql.raw(words)),
    sql`${id}`,
  );
}
