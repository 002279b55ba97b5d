import { listAssetFiles } from "../assets/list-asset-files.ts";
import type { Row } from "../backups/backup-file.ts";
import type { Context } from "../context.ts";
import { type ArchiveEntry, OutsideError } from "../deps.ts";
import { listImageFiles } from "../images/list-image-files.ts";
import type { KeptFile } from "../kept-file.ts";
import { listVideoFiles } from "../videos/list-video-files.ts";
import { type Contents, exportIndex } from "./export-index.ts";
import type { ExportRow } from "./export-store.ts";
import { readRows } from "./read-rows.ts";
import { type OwnedTable, tenantTables, userTables } from "./tenant-tables.ts";

const encoder = new TextEncoder();
const auditTable: OwnedTable = { table: "audit_log", where: "tenant_id = ?1" };
/** The ledger proves itself anew for each page. */
const entriesPerPage = 500;

/**
 * Everything of a tenant, and of the user who asked, one file after the other; the index comes last, since it tells what was
 * found. `signal` ends it before the next file.
 */
export async function* exportEntries(
  context: Context,
  row: ExportRow,
  signal: AbortSignal,
): AsyncGenerator<ArchiveEntry> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const contents: Contents = { files: [], missing: [] };
  const text = (name: string, what: string, pieces: AsyncIterable<string>): ArchiveEntry => {
    if (signal.aborted) throw new OutsideError("the export is not ours to make any more", true);
    const file = { name, what, size: 0 };
    contents.files.push(file);
    return { name, body: counted(pieces, file), modifiedAtMs: nowMs };
  };

  for (const owned of tenantTables.filter(({ isInternal }) => isInternal !== true)) {
    yield text(`data/${owned.table}.json`, "Records of the account", rowsAsJson(context, owned, row.tenantId));
  }
  for (const owned of userTables.filter(({ isInternal }) => isInternal !== true)) {
    yield text(`data/you/${owned.table}.json`, "Records about you", rowsAsJson(context, owned, row.userId));
  }
  yield text("ledger/statement.json", "Every movement of credits, with its proof", statement(context, row.tenantId));
  yield text("audit/audit-log.json", "Who changed what, and when", rowsAsJson(context, auditTable, row.tenantId));
  for (const list of [listVideoFiles, listImageFiles, listAssetFiles]) {
    for await (const file of list(deps, row.tenantId)) {
      if (signal.aborted) throw new OutsideError("the export is not ours to make any more", true);
      const name = `files/${file.folder}/${nameOf(file)}`;
      const found = await deps.files.open(file.key);
      if (found === null) {
        contents.missing.push(name);
        continue;
      }
      contents.files.push({ name, what: "Your file", size: found.size });
      yield { name, body: found.body, modifiedAtMs: file.madeAtMs };
    }
  }
  const page = exportIndex(contents, { exportId: row.id, tenantId: row.tenantId, madeAtMs: nowMs });
  yield { name: "index.html", body: inBytes(page), modifiedAtMs: nowMs };
}

async function* inBytes(text: string): AsyncGenerator<Uint8Array> {
  yield encoder.encode(text);
}

async function* counted(pieces: AsyncIterable<string>, file: { size: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    const bytes = encoder.encode(piece);
    file.size += bytes.byteLength;
    yield bytes;
  }
}

async function* rowsAsJson({ deps }: Context, owned: OwnedTable, id: string): AsyncGenerator<string> {
  yield "[";
  let isFirst = true;
  for await (const rows of readRows(deps, owned, id)) {
    yield `${isFirst ? "" : ","}\n${rows.map((row) => JSON.stringify(forPeople(row, owned))).join(",\n")}`;
    isFirst = false;
  }
  yield "\n]\n";
}

/** Without what is of use to thieves alone, and with times as people write them. */
function forPeople(row: Row, { secrets = [] }: OwnedTable): Record<string, unknown> {
  const fields = Object.entries(row).filter(([column]) => !secrets.includes(column));
  return Object.fromEntries(
    fields.flatMap(([column, value]) => {
      if (!column.endsWith("_ms") || typeof value !== "number") return [[column, value]];
      return [
        [column.slice(0, -"_ms".length), new Date(value).toISOString()],
        [column, value],
      ];
    }),
  );
}

/** As `GET /api/credits/statement` has it, whether it is proven or not. */
async function* statement({ deps }: Context, tenantId: string): AsyncGenerator<string> {
  const ledger = deps.ledger(tenantId);
  let page = await ledger.readStatement({ afterSequence: 0, limit: entriesPerPage });
  const { entries: _, ...proof } = page;
  yield `{\n"proof": ${JSON.stringify(proof, null, 2)},\n"entries": [`;
  for (let before = "\n"; page.entries.length > 0; before = ",\n") {
    yield before + page.entries.map((entry) => JSON.stringify(entry)).join(",\n");
    const afterSequence = page.entries.at(-1)?.sequence ?? 0;
    page = await ledger.readStatement({ afterSequence, limit: entriesPerPage });
  }
  yield "\n]}\n";
}

/** The longest name that stays readable; the id behind it makes it one of its kind. */
const titleMaxCharacters = 60;

/** A name for any system's files: letters, digits and hyphens. */
export function nameOf({ title, id, ending }: Pick<KeptFile, "title" | "id" | "ending">): string {
  const words = title.normalize("NFKC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-");
  const short = [...words]
    .slice(0, titleMaxCharacters)
    .join("")
    .replace(/^-+|-+$/g, "");
  return `${short === "" ? "untitled" : short}-${id}${ending}`;
}
