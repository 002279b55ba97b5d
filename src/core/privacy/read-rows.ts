import { type SQL, sql } from "drizzle-orm";
import type { Row } from "../backups/backup-file.ts";
import type { Deps } from "../deps.ts";

/** D1 answers 1000 queries in one run of a Worker: 200 000 rows. */
const rowsPerPage = 200;

/**
 * Every column of the rows that `where` finds, a page at a time; `?1` in it is `id`. Which rows those are is asked once: the
 * same question for each page would read a tenant's index from its beginning again and again. Each page is still held against
 * `where`, by its places alone: SQLite gives the place of a row that was deleted meanwhile to the next that is written, and
 * that may be anybody's.
 */
export async function* readRows(
  { db }: Deps,
  { table, where }: { table: string; where: string },
  id: string,
): AsyncGenerator<Row[]> {
  const name = sql.identifier(table);
  const isOwn = whereId(where, id);
  const found = await db.all<{ place: number }>(sql`select rowid as place from ${name} where ${isOwn} order by rowid`);
  for (let start = 0; start < found.length; start += rowsPerPage) {
    const places = JSON.stringify(found.slice(start, start + rowsPerPage).map(({ place }) => place));
    const rows = await db.all<Row>(
      sql`select * from ${name} not indexed where rowid in (select value from json_each(${places})) and (${isOwn}) order by rowid`,
    );
    if (rows.length > 0) yield rows;
  }
}

/** SQL in which `?1` is an id. */
export function whereId(where: string, id: string): SQL {
  return sql.join(
    where.split("?1").map((part) => sql.raw(part)),
    sql`${id}`,
  );
}
