import { type CreateImageBody, type ImageMade, imageCredits } from "../../contract/images.ts";
import { auditRow } from "../audit/audit-row.ts";
import { makeId, type UserContext } from "../context.ts";
import type { HoldResult } from "../credits/ledger.ts";

import { OutsideError } from "../deps.ts";
import { fail, invariant } from "../fail.ts";
import { idempotencyPlace } from "../idempotency/scope.ts";
import { idFromDigest } from "../ids.ts";
import { imageKey, imagePrefix } from "./files.ts";
import { type Painted, paintImage } from "./paint-image.ts";
import { refuseHold } from "./refuse-hold.ts";
import { settleImage } from "./settle-image.ts";
import { findTenantImage, insertImage } from "./store.ts";
import type { ImageRow } from "./tables.ts";
import { toImageAnswer } from "./to-wire.ts";

export type CreateImageInput = { body: CreateImageBody; idempotencyKey: string | null; origin: string };

/**
 * Charges for an image, makes it, and keeps it. One that cannot be made is given back; with the same idempotency key the
 * same image comes back, whatever died in between, and one that failed is tried again.
 * Refuses: `quota_exceeded`, `insufficient_credits`, `picture_failed`, `idempotency_key_reused`.
 */
export async function createImage(context: UserContext, input: CreateImageInput): Promise<ImageMade> {
  const { deps, actor } = context;
  const { id, held } = await holdFor(context, input);
  const known = held.isRepeat ? await findTenantImage(deps, actor.tenantId, id) : null;
  const image = known ?? (await make(context, id, input.body));
  const settled = await settleImage(context, image);
  const credits = settled.ok ? settled.creditsCharged : 0;
  const { balance } = await deps.ledger(actor.tenantId).readBalance();
  return { ...(await toImageAnswer(context, input.origin, { ...image, credits })), balance };
}

type Held = Extract<HoldResult, { ok: true }>;

/** A key that has failed so often is a key of something that never works. */
const triesPerKey = 10;

/** The first try of this key that was not given back: the key and the try decide the image's id, and the id is the hold's. */
async function holdFor(context: UserContext, input: CreateImageInput): Promise<{ id: string; held: Held }> {
  const { deps, actor } = context;
  const ledger = deps.ledger(actor.tenantId);
  for (let attempt = 1; attempt <= triesPerKey; attempt += 1) {
    const id = await chooseId(context, input.idempotencyKey, attempt);
    const held = await ledger.hold({
      id,
      credits: imageCredits,
      plan: actor.plan,
      description: `Image: ${shortened(input.body.prompt)}`,
      usage: { images: 1, speech_seconds: 0, render_seconds: 0 },
      isVideo: false,
    });
    if (!held.ok) refuseHold(held);
    if (!held.isRepeat || (await ledger.findHold(id))?.status !== "released") return { id, held };
  }
  fail("idempotency_key_reused", "Every try with this key has failed and was given back. Use a new key.");
}

async function chooseId(context: UserContext, idempotencyKey: string | null, attempt: number): Promise<string> {
  if (idempotencyKey === null) return makeId(context, "image");
  const name = `image:${idempotencyPlace(context.actor)}:${idempotencyKey}:${attempt}`;
  return idFromDigest("image", await context.deps.digests.sha256(name));
}

type Stored = Omit<Painted, "bytes"> & { size: number; sha256: string };

async function make(context: UserContext, id: string, body: CreateImageBody): Promise<ImageRow> {
  const { deps, actor } = context;
  const row = {
    id,
    tenantId: actor.tenantId,
    userId: actor.userId,
    ...body,
    ...(await paintOrGiveBack(context, id, body)),
    credits: imageCredits,
    createdAtMs: deps.clock.now(),
    settledAtMs: null,
    deletedAtMs: null,
    purgedAtMs: null,
  };
  await deps.db.batch([
    insertImage(deps, row),
    auditRow(context, { action: "image.create", target: id, tenantId: actor.tenantId }),
  ]);
  return row;
}

/** Until the row is written nobody else can know the image; after that, the cron finishes what is cut off. */
async function paintOrGiveBack(context: UserContext, id: string, body: CreateImageBody): Promise<Stored> {
  const { deps, actor } = context;
  const owned = { id, tenantId: actor.tenantId };
  try {
    const { bytes, ...painted } = await paintImage(context, body, id);
    const stored = await deps.files.receive(imageKey(owned), new Blob([bytes]).stream(), bytes.byteLength);
    invariant(stored !== null, "an image is as long as it is");
    return { ...painted, ...stored };
  } catch (error) {
    // The money last: by an open hold the cron finds a file that could not be taken away now.
    await deps.files.deleteAll(imagePrefix(owned));
    await deps.ledger(actor.tenantId).release({ holdId: id, reason: "Given back: the image could not be made" });
    if (!(error instanceof OutsideError)) throw error;
    deps.log.write("warn", "image_failed", { imageId: id, error: error.message });
    fail("picture_failed", "The image could not be made. Nothing was charged; try again in a moment.");
  }
}

const shownCharacters = 60;

function shortened(prompt: string): string {
  const characters = [...prompt.replace(/\s+/g, " ")];
  if (characters.length <= shownCharacters) return characters.join("");
  return `${characters.slice(0, shownCharacters - 1).join("")}…`;
}
