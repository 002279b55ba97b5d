import type { KeyAnswer } from "../../../contract/keys.ts";
import type { KeyRow } from "./key-store.ts";

export function toKeyAnswer(row: KeyRow): KeyAnswer {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    prefix: row.prefix,
    last_four: row.lastFour,
    origins: row.origins,
    created_at: iso(row.createdAtMs),
    last_used_at: row.lastUsedAtMs === null ? null : iso(row.lastUsedAtMs),
    expires_at: row.expiresAtMs === null ? null : iso(row.expiresAtMs),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
