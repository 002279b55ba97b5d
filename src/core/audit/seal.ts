/** What a seal is the hash of, and where a row stands in the log: the one form for who seals and for who verifies. */

/** A row as the database has it: `details` is the JSON text. */
export type SealedRow = {
  id: string;
  tenantId: string | null;
  actor: string;
  action: string;
  target: string;
  address: string | null;
  requestId: string;
  createdAtMs: number;
  details: string | null;
};

/** Rows stand in the order of these two, which never change. */
export type Place = { atMs: number; id: string };

export const beginning: Place = { atMs: -1, id: "" };

/** What comes before the first seal. */
export const firstSealHash = "0".repeat(64);

export function placeOf(row: SealedRow): Place {
  return { atMs: row.createdAtMs, id: row.id };
}

export function isAfter(one: Place, other: Place): boolean {
  return one.atMs > other.atMs || (one.atMs === other.atMs && one.id > other.id);
}

/** A JSON array as RFC 8785 writes it: the hash before, the chain, the number, and the rows, each an array of its columns. */
export function sealText(
  seal: { chain: string; sequence: number; previousHash: string },
  rows: readonly SealedRow[],
): string {
  const columns = rows.map((row) => [
    row.id,
    row.tenantId,
    row.actor,
    row.action,
    row.target,
    row.address,
    row.requestId,
    row.createdAtMs,
    row.details,
  ]);
  return JSON.stringify([seal.previousHash, seal.chain, seal.sequence, columns]);
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
