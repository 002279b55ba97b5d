import type { Context } from "../context.ts";
import { artefactPath, type KeptArtefact } from "./keep-artefacts.ts";
import { markUsed } from "./store.ts";

/** Those of `keys` that the tenant has, by key; from now on they were used by this video last. */
export async function useArtefacts(
  context: Context,
  use: { tenantId: string; videoId: string; keys: string[] },
): Promise<Map<string, KeptArtefact>> {
  if (use.keys.length === 0) return new Map();
  const rows = await markUsed(context.deps, { ...use, nowMs: context.deps.clock.now() });
  return new Map(rows.map((row) => [row.key, row]));
}

/** The bytes; null: they are gone, though the row is there. */
export async function openArtefact(context: Context, row: KeptArtefact): Promise<ReadableStream<Uint8Array> | null> {
  const found = await context.deps.files.open(artefactPath(row.tenantId, row.key));
  return found?.body ?? null;
}
