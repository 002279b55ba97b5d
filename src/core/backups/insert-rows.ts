import { sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Deps } from "../deps.ts";
import type { Row } from "./backup-file.ts";

/** D1 takes 2 MB in one value, and a character takes up to 3 bytes. */
const valueMaxCharacters = 600_000;

type TableShape = { columns: string[]; references: { column: string; table: string; to: string }[] };

/** What the tables of today look like: a backup may be of yesterday's. */
export class TableShapes {
  private readonly deps: Deps;
  private readonly known = new Map<string, TableShape>();

  constructor(deps: Deps) {
    this.deps = deps;
  }

  async of(table: string): Promise<TableShape> {
    const known = this.known.get(table) ?? (await this.read(table));
    this.known.set(table, known);
    return known;
  }

  private async read(table: string): Promise<TableShape> {
    const { db } = this.deps;
    const columns = await db.all<{ name: string }>(sql`select name from pragma_table_info(${table})`);
    const references = await db.all<{ column: string; table: string; to: string }>(
      sql`select "from" as "column", "table", "to" from pragma_foreign_key_list(${table})`,
    );
    return { columns: columns.map(({ name }) => name), references };
  }
}

/**
 * Statements that write those rows that are missing. One that is there, or whose place another row has taken, stays as it is;
 * one that refers to what is not there is left out: a member who was deleted, a payment begun while the backup was made.
 * Columns and tables that are no more are left out too.
 */
export async function insertStatements(
  deps: Deps,
  shapes: TableShapes,
  { table, rows }: { table: string; rows: readonly Row[] },
): Promise<BatchItem<"sqlite">[]> {
  const { columns, references } = await shapes.of(table);
  const [first] = rows;
  const names = columns.filter((column) => first !== undefined && column in first);
  if (names.length === 0) return [];
  const givenOf = (column: string) => sql`given.value ->> ${sql.raw(`'$."${column}"'`)}`;
  const isWhole = references.map(
    ({ column, table: parent, to }) =>
      sql`and (${givenOf(column)} is null or exists (select 1 from ${sql.identifier(parent)} as parent where parent.${sql.identifier(to)} = ${givenOf(column)}))`,
  );
  // The type of a column does not matter here: values go from JSON to SQLite as they are.
  const target = sqliteTable(table, Object.fromEntries(names.map((name) => [name, text(name)])));
  const values = sql.join(names.map(givenOf), sql`, `);
  return inPieces(rows).map((json) =>
    deps.db
      .insert(target)
      .select(sql`select ${values} from json_each(${json}) as given where true ${sql.join(isWhole, sql` `)}`)
      .onConflictDoNothing(),
  );
}

function inPieces(rows: readonly Row[]): string[] {
  const pieces: string[] = [];
  let piece: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (piece.length > 0 && length + text.length > valueMaxCharacters) {
      pieces.push(`[${piece.join(",")}]`);
      [piece, length] = [[], 0];
    }
    piece.push(text);
    length += text.length;
  }
  return piece.length === 0 ? pieces : [...pieces, `[${piece.join(",")}]`];
}
