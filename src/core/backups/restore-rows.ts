import { sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { RestoredAnswer } from "../../contract/backups.ts";
import type { Deps } from "../deps.ts";
import { auditTables } from "./backed-tables.ts";
import type { BackupPart, Row } from "./backup-file.ts";
import { insertStatements, TableShapes } from "./insert-rows.ts";

type Part = { table: string; rows: Row[] };

/** Writes parts of a backup and counts what came of them. */
export class RowRestorer {
  readonly rows: RestoredAnswer["rows"] = {};
  private readonly deps: Deps;
  private readonly shapes: TableShapes;

  constructor(deps: Deps) {
    this.deps = deps;
    this.shapes = new TableShapes(deps);
  }

  /** All of them or none. */
  async write(parts: readonly Part[]): Promise<void> {
    const statements: { table: string; statement: BatchItem<"sqlite"> }[] = [];
    for (const part of parts) {
      const { table, rows } = part;
      this.add(table, { restored: 0, kept: rows.length });
      for (const statement of await insertStatements(this.deps, this.shapes, part))
        statements.push({ table, statement });
    }
    const [first, ...others] = statements.map(({ statement }) => statement);
    if (first === undefined) return;
    const results = (await this.deps.db.batch([first, ...others])) as D1Result[];
    for (const [place, { table }] of statements.entries()) {
      const written = results[place]?.meta.changes ?? 0;
      this.add(table, { restored: written, kept: 0 - written });
    }
  }

  keep(parts: readonly Part[]): void {
    for (const { table, rows } of parts) this.add(table, { restored: 0, kept: rows.length });
  }

  private add(table: string, more: { restored: number; kept: number }): void {
    const { restored, kept } = this.rows[table] ?? { restored: 0, kept: 0 };
    this.rows[table] = { restored: restored + more.restored, kept: kept + more.kept };
  }
}

/** Writes the rows of a file that are of these tables: what else is in it is left out, whoever put it there. */
export async function restoreParts(
  deps: Deps,
  restorer: RowRestorer,
  parts: AsyncIterable<BackupPart>,
  tables: readonly { table: string }[],
): Promise<void> {
  let isOtherLog = false;
  for await (const part of parts) {
    if (!("table" in part) || !tables.some(({ table }) => table === part.table)) continue;
    if (part.table === "audit_seals") isOtherLog ||= await isSealedOtherwise(deps, part.rows);
    const isOfLog = auditTables.some(({ table }) => table === part.table);
    // Older rows below seals that were made without them would look slipped in: they stay in the backup.
    if (isOfLog && isOtherLog) restorer.keep([part]);
    else await restorer.write([part]);
  }
}

/** Whether this database has sealed rows of its own under a number that the backup has, too. */
async function isSealedOtherwise({ db }: Deps, seals: readonly Row[]): Promise<boolean> {
  const rows = await db.all(sql`
    select 1 from audit_seals as ours, json_each(${JSON.stringify(seals)}) as given
    where ours.chain = given.value ->> '$.chain' and ours.sequence = given.value ->> '$.sequence'
      and ours.hash <> given.value ->> '$.hash'`);
  return rows.length > 0;
}
