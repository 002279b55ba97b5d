/**
 * One file of a backup: a gzip of one JSON document that has a line feed after each of its parts, so that it is written and
 * read a part at a time, however long it is, and still opens in whatever reads JSON.
 */
import type { Deps } from "../deps.ts";
import { fail, invariant } from "../fail.ts";

export const backupVersion = 1;
/** What R2 takes in one multipart upload of our parts is more; a tenant's rows are some megabytes. */
const fileMaxBytes = 4 * 1024 ** 3;

export type Row = Record<string, string | number | null>;
export type BackupHeader = {
  version: number;
  night: string;
  /** null: what belongs to no tenant. */
  tenant_id: string | null;
  made_at: string;
};
/** Rows of a table of D1, or a line of the ledger's copy. */
export type BackupPart = { table: string; rows: Row[] } | { ledger: unknown };
type LastPart = { end: true };

export function tenantFileKey(night: string, tenantId: string): string {
  return `${tenantFilesPrefix(night)}${tenantId}.json.gz`;
}

export function tenantFilesPrefix(night: string): string {
  return `${nightPrefix(night)}tenants/`;
}

export function serviceFileKey(night: string): string {
  return `${nightPrefix(night)}service.json.gz`;
}

export function nightPrefix(night: string): string {
  return `backups/${night}/`;
}

/** Writes a file, in place of one that is there. Throws OutsideError. */
export async function writeBackupFile(
  deps: Deps,
  key: string,
  header: BackupHeader,
  parts: AsyncIterable<BackupPart>,
): Promise<{ size: number; sha256: string }> {
  const body = streamOf(linesOf(header, parts)).pipeThrough(new CompressionStream("gzip"));
  const stored = await deps.files.receive(key, body, fileMaxBytes);
  invariant(stored !== null, "a backup fits into its file");
  return stored;
}

async function* linesOf(header: BackupHeader, parts: AsyncIterable<BackupPart>): AsyncGenerator<string> {
  yield `${JSON.stringify(header).slice(0, -1)},"parts":[\n`;
  for await (const part of parts) yield `${JSON.stringify(part)},\n`;
  yield '{"end":true}]}\n';
}

/** Text as a stream of bytes, made as it is read. */
export function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}

export type OpenBackup = { header: BackupHeader; size: number; parts: AsyncGenerator<BackupPart> };

/**
 * null: there is no such file. A file that ends too early throws when its end is read. Refuses one that says it is another than
 * its name: copied to a wrong place, or put there.
 */
export async function openBackupFile(
  deps: Deps,
  key: string,
  { night, tenantId }: { night: string; tenantId: string | null },
): Promise<OpenBackup | null> {
  const file = await deps.files.open(key);
  if (file === null) return null;
  const lines = readLines(file.body.pipeThrough(new DecompressionStream("gzip")));
  const { value: first = "" } = await lines.next();
  const header = JSON.parse(`${first}]}`) as BackupHeader;
  if (header.version !== backupVersion)
    fail("validation_failed", `This backup has form ${header.version}; this service reads form ${backupVersion}.`, {
      errors: [{ pointer: "/night", detail: "is of another version of the service", code: "invalid" }],
    });
  if (header.night !== night || header.tenant_id !== tenantId) {
    const detail = `holds a file of ${header.tenant_id ?? "the service"} of ${header.night} in the place of another`;
    fail("validation_failed", `This night ${detail}. Nothing was restored from it.`, {
      errors: [{ pointer: "/night", detail, code: "mismatch" }],
    });
  }
  return { header, size: file.size, parts: partsOf(lines) };
}

async function* partsOf(lines: AsyncGenerator<string>): AsyncGenerator<BackupPart> {
  for await (const line of lines) {
    const part = JSON.parse(line.replace(/(,|\]\})$/, "")) as BackupPart | LastPart;
    if ("end" in part) return;
    yield part;
  }
  invariant(false, "a backup file is whole");
}

export async function* readLines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
