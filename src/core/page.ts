import { lt, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export type PageInput = { limit: number; cursor?: string | undefined };
type Sorted = { createdAtMs: number; id: string };

/** Rows after the cursor, for a list sorted from the newest. Refuses `validation_failed` for a cursor that is not of such a list. */
export function afterCursor(
  columns: { createdAtMs: SQLiteColumn; id: SQLiteColumn },
  cursor: string | undefined,
): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [createdAtMs, id] = decodeCursor(cursor, ["number", "string"]);
  return or(
    lt(columns.createdAtMs, createdAtMs),
    sql`(${columns.createdAtMs} = ${createdAtMs} and ${columns.id} < ${id})`,
  );
}

/** Of one row more than a page has: the page, and the cursor of the next one. */
export function toPage<Row extends Sorted>(
  rows: readonly Row[],
  limit: number,
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page, nextCursor: last === undefined ? null : encodeCursor([last.createdAtMs, last.id]) };
}

/**
 * Whether a text has these words somewhere, in any case; D1 lets no LIKE pattern be longer than 50 bytes, and here no sign means
 * anything but itself. SQLite lowers A to Z alone, so what has other capitals is looked for as it is written, too.
 */
export function hasWords(text: SQLiteColumn | SQL, words: string): SQL {
  const [asWritten, lowered, raised] = [words, words.toLowerCase(), words.toUpperCase()];
  const spellings = new Set([asWritten, lowered, raised, capitalised(lowered)].map(lowerLatin));
  const found = Array.from(spellings, (spelling) => sql`instr(lower(${text}), ${spelling}) > 0`);
  return sql`(${sql.join(found, sql` or `)})`;
}

function lowerLatin(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function capitalised(text: string): string {
  return text.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}
