/** What must be true of a tenant at rest, whatever failed on the way: each untruth in words. */

import { env } from "cloudflare:workers";
import { createHash } from "node:crypto";
import { problems } from "../../../src/contract/errors.ts";
import type { RenderOutput } from "../../../src/contract/render-events.ts";
import { expectSoundBooks } from "../../simulation/ledger-invariants.ts";
import { type Books, readBooks, readHistory, statementOf } from "../../simulation/ledger-world.ts";
import { unrestOf, type World } from "./world.ts";

type VideoRow = {
  id: string;
  status: string;
  credits: number;
  document: string;
  output: string | null;
  error: string | null;
  deleted_at_ms: number | null;
};

const imageCredits = 5;

export async function untruthsOf(world: World): Promise<string[]> {
  const { tenantId } = world;
  const [books, history, unrest, videos, images, stored, audits] = await Promise.all([
    readBooks(tenantId),
    readHistory(tenantId),
    unrestOf(world),
    rowsOf<VideoRow>("SELECT * FROM videos WHERE tenant_id = ?", tenantId),
    rowsOf<{ id: string; deleted_at_ms: number | null }>("SELECT * FROM images WHERE tenant_id = ?", tenantId),
    storedOf(tenantId),
    rowsOf<{ action: string; target: string }>("SELECT action, target FROM audit_log WHERE tenant_id = ?", tenantId),
  ]);
  const assets = await rowsOf<{ id: string; size: number; deleted_at_ms: number | null }>(
    "SELECT * FROM assets WHERE tenant_id = ?",
    tenantId,
  );
  const holds = new Map(books.holds.map((hold) => [hold.id, hold]));
  const untruths = [...unrest, ...booksUntruths(books), ...assetUntruths(assets, books, stored)];
  const copy = JSON.stringify(statementOf(tenantId, books));
  if (copy !== JSON.stringify(history))
    untruths.push(`D1's copy is ${JSON.stringify(history)}, the ledger has ${copy}`);

  let spent = 0;
  for (const video of videos) {
    spent += costOf(video);
    untruths.push(...videoUntruths(video, holds.get(video.id)), ...fileUntruths(video, tenantId, stored));
    const ended = audits.filter(({ action, target }) => target === video.id && action === `video.${endOf(video)}`);
    if (ended.length !== 1)
      untruths.push(`${video.id} ended as ${video.status}, told ${ended.length} times in the log`);
    holds.delete(video.id);
  }
  for (const image of images) {
    spent += imageCredits;
    const charged = holds.get(image.id)?.credits_charged;
    if (charged !== imageCredits) untruths.push(`${image.id} was charged ${charged}`);
    const has = stored.has(`tenants/${tenantId}/images/${image.id}/image`);
    if (has !== (image.deleted_at_ms === null)) untruths.push(`${image.id} has ${has ? "a" : "no"} file`);
    holds.delete(image.id);
  }
  for (const { id, status } of holds.values()) {
    if (status !== "released") untruths.push(`${id} is nothing, and its hold is ${status}`);
  }
  const balance = books.entries.at(-1)?.balance_after;
  if (balance !== world.credits - spent) untruths.push(`the balance is ${balance}: ${world.credits} less ${spent}`);
  const known = new Set([...videos, ...images].map(({ id }) => id));
  for (const key of stored.keys()) {
    const [, , place, id = ""] = key.split("/");
    if ((place === "videos" || place === "images") && !known.has(id)) untruths.push(`${key} is nobody's`);
  }
  return untruths;
}

function booksUntruths(books: Books): string[] {
  try {
    // Uploads are counted beside the holds.
    expectSoundBooks({ ...books, counters: books.counters.filter(({ metric }) => !isOfUploads(metric)) });
    return [];
  } catch (error) {
    return [`the books: ${String(error)}`];
  }
}

const isOfUploads = (metric: string) => metric === "uploads" || metric === "storage_bytes";

function assetUntruths(
  assets: { id: string; size: number; deleted_at_ms: number | null }[],
  books: Books,
  stored: Stored,
): string[] {
  const kept = assets.filter((asset) => asset.deleted_at_ms === null);
  const bytes = kept.reduce((sum, { size }) => sum + size, 0);
  const counted = books.counters.find(({ metric }) => metric === "storage_bytes")?.used ?? 0;
  const files = Array.from(stored.keys(), (key) => key.split("/")).filter(([, , place]) => place === "assets");
  return [
    ...(counted === bytes ? [] : [`${counted} bytes are counted as kept, and ${bytes} are`]),
    ...files.flatMap(([, , , id]) =>
      kept.some((asset) => asset.id === id) ? [] : [`${id} is no asset, and has files`],
    ),
    ...kept.flatMap(({ id, size }) => {
      const file = Array.from(stored).find(([key]) => key.endsWith(`/assets/${id}/file`));
      return file?.[1].size === size ? [] : [`${id} has no whole file`];
    }),
  ];
}

const endOf = ({ status }: VideoRow) => (status === "cancelled" ? "cancel" : status);

/** By the stand-in's script, not by the service's arithmetic: a scene is a credit, and a short video of three costs two. */
function costOf({ status, document }: VideoRow): number {
  if (status !== "succeeded") return 0;
  const { source } = JSON.parse(document) as { source: { prompt: string; sceneCount: number } };
  return source.prompt.startsWith("short") ? 2 : source.sceneCount;
}

function videoUntruths(video: VideoRow, hold: Books["holds"][number] | undefined): string[] {
  const { id, status, error, credits } = video;
  const untruths: string[] = [];
  const cost = costOf(video);
  const settled = status === "succeeded" ? "captured" : "released";
  if (hold?.status !== settled) untruths.push(`${id} is ${status}, and its hold is ${hold?.status}`);
  if (hold?.credits_charged !== cost) untruths.push(`${id} was charged ${hold?.credits_charged}, and costs ${cost}`);
  if (credits !== cost) untruths.push(`${id} says that it cost ${credits}, and cost ${cost}`);
  if ((error !== null) !== (status === "failed")) untruths.push(`${id} is ${status} with the error ${error}`);
  if (error !== null) {
    const { code, detail } = JSON.parse(error) as { code: string; detail: string };
    if (!(code in problems)) untruths.push(`${id} failed with the code ${code}`);
    if (detail.length < 10) untruths.push(`${id} failed with no words: ${detail}`);
    if (/D1_ERROR|fault|\.ts\b|Error:/.test(detail)) untruths.push(`${id} failed with words of ours: ${detail}`);
  }
  return untruths;
}

type Stored = Map<string, { size: number; sha256: string }>;

/** All of them and whole, or none. */
function fileUntruths(video: VideoRow, tenantId: string, stored: Stored): string[] {
  const prefix = `tenants/${tenantId}/videos/${video.id}/`;
  const found = Array.from(stored.keys()).filter((key) => key.startsWith(prefix));
  const isKept = video.status === "succeeded" && video.deleted_at_ms === null;
  const files = isKept && video.output !== null ? (JSON.parse(video.output) as RenderOutput).files : [];
  const untruths: string[] = [];
  if (isKept && files.length !== 5) untruths.push(`${video.id} names ${files.length} files`);
  for (const { name, size, sha256 } of files) {
    const file = stored.get(`${prefix}${name}`);
    if (file?.size !== size || file.sha256 !== sha256) untruths.push(`${video.id} has no whole ${name}`);
  }
  if (found.length !== files.length) untruths.push(`${video.id} is ${video.status} and has ${found.join()}`);
  return untruths;
}

async function storedOf(tenantId: string): Promise<Stored> {
  const stored: Stored = new Map();
  let cursor: string | undefined;
  do {
    const page = await env.FILES.list({
      prefix: `tenants/${tenantId}/`,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { key, size, etag } of page.objects) {
      stored.set(key, { size, sha256: await digestOf(key, etag) });
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return stored;
}

const digests = new Map<string, string>();

/** An object is read once for all the times that it is looked at. */
async function digestOf(key: string, etag: string): Promise<string> {
  const name = `${key} ${etag}`;
  const known = digests.get(name);
  if (known !== undefined) return known;
  const object = await env.FILES.get(key);
  const bytes = new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer(0));
  const digest = createHash("sha256").update(bytes).digest("hex");
  digests.set(name, digest);
  return digest;
}

async function rowsOf<Row>(sql: string, tenantId: string): Promise<Row[]> {
  return (await env.DB.prepare(sql).bind(tenantId).all<Row>()).results;
}
