/** Artefacts are kept in two steps, bytes before row, so that a row never names bytes that were not there. */
import type { Artefact } from "../../contract/render-events.ts";
import type { Context } from "../context.ts";
import { type ModelAnswer, StorageFailed } from "../deps.ts";
import { upsertArtefacts } from "./store.ts";
import type { ArtefactRow, KeptKind } from "./tables.ts";

export type KeptArtefact = ArtefactRow;
type Owner = { tenantId: string; videoId: string };

const binary = "application/octet-stream";

export function artefactPath(tenantId: string, key: string): string {
  return `tenants/${tenantId}/artefacts/${key}`;
}

/** Stores the bytes of something a renderer made; throws StorageFailed, also when they are not what they were said to be. */
export async function storeArtefact(
  context: Context,
  owner: Owner,
  artefact: Artefact,
  body: ReadableStream<Uint8Array>,
): Promise<KeptArtefact> {
  await context.deps.files.put(artefactPath(owner.tenantId, artefact.key), body, { ...artefact, contentType: binary });
  return rowOf(context, owner, { ...artefact, contentType: binary, provider: null });
}

/** Writes down what was stored. */
export async function writeArtefacts(context: Context, rows: KeptArtefact[]): Promise<void> {
  await upsertArtefacts(context.deps, rows);
}

/** Keeps what a model made under the key it was wanted by, so that a retry or another shape does not pay for it again. */
export async function keepModelAnswer(
  context: Context,
  owner: Owner,
  wanted: { key: string; kind: KeptKind },
  answer: ModelAnswer,
): Promise<void> {
  const { bytes, contentType, provider } = answer;
  const path = artefactPath(owner.tenantId, wanted.key);
  const stored = await context.deps.files.receive(path, new Blob([bytes]).stream(), bytes.length);
  if (stored === null) throw new StorageFailed(new Error("more bytes arrived than were sent"));
  await upsertArtefacts(context.deps, [rowOf(context, owner, { ...wanted, ...stored, contentType, provider })]);
}

function rowOf(
  context: Context,
  owner: Owner,
  about: Pick<ArtefactRow, "key" | "kind" | "size" | "sha256" | "contentType" | "provider">,
): ArtefactRow {
  const nowMs = context.deps.clock.now();
  const { key, kind, size, sha256, contentType, provider } = about;
  return { ...owner, key, kind, size, sha256, contentType, provider, createdAtMs: nowMs, usedAtMs: nowMs };
}
