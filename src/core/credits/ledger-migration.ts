import type { Digest } from "./entry.ts";

/** The part of the object's storage that a step needs which SQL alone cannot take. */
export type LedgerSql = {
  exec<Row extends Record<string, string | number | null>>(
    query: string,
    ...bindings: (string | number | null)[]
  ): { toArray(): Row[] };
};
export type LedgerMigration = string | ((sql: LedgerSql, digest: Digest) => void);
