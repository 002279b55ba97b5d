import type { AssetAnswer } from "../../contract/assets.ts";
import { type MediaFacts, mediaMaxBytes } from "../../contract/container-protocol.ts";
import { auditRow } from "../audit/audit-row.ts";
import { makeId, type UserContext } from "../context.ts";
import type { StoreResult } from "../credits/ledger.ts";
import { fail, invariant } from "../fail.ts";
import { assetName } from "./asset-name.ts";
import { assetKey, thumbnailKey } from "./files.ts";
import { orTellOwner } from "./media-refusal.ts";
import { deleteUpload, findTenantAssets, findTwin, insertAsset, insertUpload } from "./store.ts";
import { discardUpload } from "./sweep-uploads.ts";
import type { AssetRow, Upload } from "./tables.ts";
import { toAssetAnswer } from "./to-wire.ts";

export type UploadInput = {
  body: ReadableStream<Uint8Array>;
  /** What the sender says it is, in bytes; null: it does not. */
  declaredSize: number | null;
  /** What the sender calls it; null: nothing. */
  name: string | null;
  origin: string;
};

export type Uploaded = { asset: AssetAnswer; isNew: boolean };

/**
 * Keeps a file of the caller's, once it has been looked into. The same bytes again are the same asset, and count nothing.
 * Whatever is refused or cut off leaves nothing behind: what this does not take away itself, `sweepUploads` does.
 * Refuses `payload_too_large`, `validation_failed` for an empty body, `media_refused`, `quota_exceeded`.
 */
export async function uploadAsset(context: UserContext, input: UploadInput): Promise<Uploaded> {
  const { deps, actor } = context;
  if (input.declaredSize !== null && input.declaredSize > mediaMaxBytes) refuseSize();
  await refuseWhenFull(context);
  const upload = { id: makeId(context, "asset"), tenantId: actor.tenantId };
  await insertUpload(deps, upload, deps.clock.now());
  const fate: Fate = { mayBeAsset: false };
  try {
    const asset = await keep(context, upload, input, fate);
    return { asset: await toAssetAnswer(context, input.origin, asset), isNew: asset.id === upload.id };
  } finally {
    if (!fate.mayBeAsset) await discardUpload(context, upload);
  }
}

/** An insert whose answer was lost may have made the asset, whose bytes must stay then: `sweepUploads` knows later. */
type Fate = { mayBeAsset: boolean };

async function keep(context: UserContext, upload: Upload, input: UploadInput, fate: Fate): Promise<AssetRow> {
  const { deps, actor } = context;
  const received = await orTellOwner(deps.files.receive(assetKey(upload), input.body, mediaMaxBytes));
  if (received === null) refuseSize();
  if (received.size === 0) {
    const detail = "is empty; send the bytes of an image, a sound or a video";
    fail("validation_failed", `The file ${detail}. Nothing was kept.`, {
      errors: [{ pointer: "/file", detail, code: "required" }],
    });
  }
  const twin = await findTwin(deps, actor.tenantId, received.sha256);
  if (twin !== null) return twin;

  const facts = await probe(context, upload);
  const stored = await deps.ledger(actor.tenantId).store({ id: upload.id, bytes: received.size, plan: actor.plan });
  if (!stored.ok) refuseStore(stored);
  const hasThumbnail = await keepThumbnail(context, upload, facts);
  const row = {
    ...upload,
    ...received,
    userId: actor.userId,
    kind: facts.kind,
    contentType: facts.contentType,
    name: assetName(input.name, facts.kind),
    width: facts.width ?? null,
    height: facts.height ?? null,
    durationSeconds: facts.durationSeconds ?? null,
    hasThumbnail,
    createdAtMs: deps.clock.now(),
  };
  fate.mayBeAsset = true;
  const [inserted] = await deps.db.batch([
    insertAsset(deps, row),
    auditRow(context, { action: "asset.upload", target: upload.id, tenantId: actor.tenantId }),
  ]);
  fate.mayBeAsset = inserted.length > 0;
  if (!fate.mayBeAsset) return (await findTwin(deps, actor.tenantId, received.sha256)) ?? refuseSpent();
  await deleteUpload(deps, upload.id);
  const [asset] = await findTenantAssets(deps, actor.tenantId, [upload.id]);
  return asset ?? refuseSpent();
}

async function probe(context: UserContext, upload: Upload): Promise<MediaFacts> {
  const opened = await context.deps.files.open(assetKey(upload));
  if (opened === null) refuseSpent();
  return orTellOwner(context.deps.renderer.probe(opened.body, opened.size));
}

async function keepThumbnail(context: UserContext, upload: Upload, facts: MediaFacts): Promise<boolean> {
  if (facts.thumbnail === undefined) return false;
  const bytes = Uint8Array.from(atob(facts.thumbnail), (character) => character.charCodeAt(0));
  const body = new Blob([bytes]).stream();
  const received = await context.deps.files.receive(thumbnailKey(upload), body, bytes.byteLength);
  invariant(received !== null, "a thumbnail is as long as it is");
  return true;
}

/** Before a byte is taken in: whoever has no room left is told at once. */
async function refuseWhenFull(context: UserContext): Promise<void> {
  const { deps, actor } = context;
  const states = await deps.ledger(actor.tenantId).readUploads(actor.plan);
  const full = states.find(({ used, limit }) => limit !== null && used >= limit);
  if (full === undefined || full.limit === null) return;
  refuseStore({ ok: false, code: "quota_exceeded", ...full, limit: full.limit });
}

function refuseStore(refusal: Exclude<StoreResult, { ok: true }>): never {
  if (refusal.code === "id_spent") refuseSpent();
  const { metric, used, limit, resetsAtMs } = refusal;
  const resetsAt = resetsAtMs === null ? null : new Date(resetsAtMs).toISOString();
  const detail =
    metric === "uploads"
      ? `Your plan's ${limit} uploads of this month are used. Nothing was kept; they start again at ${resetsAt}.`
      : `Your plan keeps ${limit / 1_000_000_000} GB, and this file does not fit any more. Nothing was kept; delete uploads you no longer need.`;
  fail("quota_exceeded", detail, { metric, used, limit, resets_at: resetsAt });
}

function refuseSize(): never {
  fail("payload_too_large", `A file has at most ${mediaMaxBytes / 1_000_000} MB. Nothing was kept.`);
}

/** It took so long that it was taken for cut off, or was deleted while it was answered. */
function refuseSpent(): never {
  fail("media_failed", "The upload was given up on our side. Nothing was kept; send it again.");
}
