/** What must hold when everything has come to rest, whatever was done: asked through the API, and added up afresh. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { type StatementEntry, statementAnswer, transactionsAnswer } from "../../src/contract/credits.ts";
import { problems } from "../../src/contract/errors.ts";
import { paymentAnswer } from "../../src/contract/payments.ts";
import { terminalStatuses } from "../../src/contract/render-events.ts";
import { videoAnswer } from "../../src/contract/videos.ts";
import { probe } from "../support/ffprobe.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import type { Customer } from "./customer.ts";
import { findOwnProcesses, isEncoder } from "./own-processes.ts";

type Video = z.infer<typeof videoAnswer>;
type Transaction = z.infer<typeof transactionsAnswer>["data"][number];

const draftCreditsPerMinute = 2;

/** What is wrong, in words; nothing, when everything is right. */
export async function findFaultsOf(world: ChaosWorld, customer: Customer): Promise<string[]> {
  const videos = (await customer.listVideos()).map((video) => videoAnswer.parse(video));
  const { body } = await customer.insist("GET", "/api/credits/transactions?limit=100");
  const transactions = transactionsAnswer.parse(body).data;
  const found = [
    ...customer.wrongAnswers,
    ...orderFaults(customer, videos),
    ...(await Promise.all(videos.map((video) => videoFaults(world, customer, video, transactions)))).flat(),
    ...(await paymentFaults(customer, transactions)),
    ...(await bookFaults(customer, transactions)),
  ];
  return found.map((words) => `${customer.name}: ${words}`);
}

/** Each order is one video, however often it had to be sent. */
function orderFaults({ videos: ordered }: Customer, videos: Video[]): string[] {
  const [asked, made] = [[...new Set(ordered.values())].sort(), videos.map(({ id }) => id).sort()];
  const isSame = asked.length === ordered.size && JSON.stringify(asked) === JSON.stringify(made);
  return isSame ? [] : [`${ordered.size} orders are ${made.length} videos`];
}

async function videoFaults(
  world: ChaosWorld,
  customer: Customer,
  video: Video,
  transactions: Transaction[],
): Promise<string[]> {
  const found: string[] = [];
  const check = (isRight: boolean, words: string) => {
    if (!isRight) found.push(`${video.id} (${video.status}) ${words}`);
  };
  const own = transactions.filter(({ video_id }) => video_id === video.id);
  const paid = -own.reduce((sum, { amount }) => sum + amount, 0);
  check((terminalStatuses as readonly string[]).includes(video.status), "has not ended");
  check(own.filter(({ type }) => type === "usage").length === 1, `was charged for in ${own.length} entries`);
  check(own.length <= 2, "was given back more than once");
  check(paid === video.credits_used, `says ${video.credits_used} credits, and the books say ${paid}`);
  if (video.status === "succeeded" && video.output !== undefined) {
    const price = Math.max(1, Math.ceil((draftCreditsPerMinute * video.output.duration) / 60));
    check(paid === price, `lasts ${video.output.duration} s and cost ${paid} credits`);
    return [...found, ...(await fileFaults(world, video.id, video.output))];
  }
  check(video.status !== "succeeded", "has no output");
  check(paid === 0, `cost ${paid} credits`);
  const { status, body } = await customer.insist("GET", `/api/videos/${video.id}/file`);
  check(status === 410 && body.code === "video_gone", `answers ${status} for its file`);
  if (video.status === "failed") {
    const { error } = video;
    check(error !== undefined && error.title === problems[error.code].title, "does not say why");
    check(error !== undefined && /^[A-Z].{15,}\.$/.test(error.detail) && !error.charged, `says «${error?.detail}»`);
  }
  return found;
}

/** Whole: to the byte what was promised, and every frame of it can be seen. */
async function fileFaults(world: ChaosWorld, id: string, output: NonNullable<Video["output"]>): Promise<string[]> {
  const bytes = await bytesAt(output.url);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length !== output.size || sha256 !== output.sha256) return [`${id} is another file than it says`];
  const file = join(world.stateDir, `${id}.${output.format}`);
  await writeFile(file, bytes);
  const { video } = await probe(file);
  const frames = Math.round(output.duration * output.fps);
  const seen = `${video.width}×${video.height}, ${video.nb_read_frames} frames`;
  const found =
    seen === `${output.width}×${output.height}, ${frames} frames` ? [] : [`${id} has ${seen}, not ${frames}`];
  const others = [output.poster_url, output.captions_vtt_url, output.captions_srt_url, output.words_url];
  const sizes = await Promise.all(others.map(async (url) => (await bytesAt(url)).length));
  return sizes.every((size) => size > 0) ? found : [...found, `${id} has empty files: ${sizes}`];
}

async function bytesAt(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  return answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : new Uint8Array();
}

/** What was paid is credited once; what was not, never. */
async function paymentFaults(customer: Customer, transactions: Transaction[]): Promise<string[]> {
  const answers = await Promise.all(
    [...customer.payments].map(async (id) => (await customer.insist("GET", `/api/payments/${id}`)).body),
  );
  return answers.flatMap((body) => {
    const { id, status, credits } = paymentAnswer.parse(body);
    const had = transactions.filter(({ payment_id }) => payment_id === id).reduce((sum, { amount }) => sum + amount, 0);
    const due = status === "paid" ? credits : 0;
    return had === due && status !== "pending" ? [] : [`${id} is ${status}, and brought ${had} credits of ${credits}`];
  });
}

async function bookFaults(customer: Customer, transactions: Transaction[]): Promise<string[]> {
  const { body: statement } = await customer.insist("GET", "/api/credits/statement?limit=100");
  const { proven, differences, data: entries } = statementAnswer.parse(statement);
  const { balance, held } = await customer.account.balance();
  const { body: audit } = await customer.insist("GET", "/api/account/audit-log/verify");
  const added = transactions.reduce((sum, { amount }) => sum + amount, 0);
  const found = proven ? [] : [`the statement is not proven: ${differences.join("; ")}`];
  if (held !== 0) found.push(`${held} credits are still held`);
  if (added !== balance) found.push(`the transactions add up to ${added}, and the balance is ${balance}`);
  const [available, stillHeld] = [accountOf(entries, "available"), accountOf(entries, "held")];
  if (available !== balance || stillHeld !== 0) found.push(`the entries say ${available} available, ${stillHeld} held`);
  if (audit.intact !== true) found.push(`the audit log is not whole: ${JSON.stringify(audit)}`);
  return found;
}

function accountOf(entries: StatementEntry[], account: StatementEntry["debit"]): number {
  return entries.reduce(
    (sum, { debit, credit, amount }) => sum + (credit === account ? amount : 0) - (debit === account ? amount : 0),
    0,
  );
}

/** Encoders that work for nobody, and what the product itself would call a bug. */
export async function findFaultsOfProcesses(world: ChaosWorld): Promise<string[]> {
  const encoders = (await findOwnProcesses(world.stateDir)).filter(isEncoder);
  const bugs = world
    .productLog()
    .split("\n")
    .filter((line) => /"status":500|unhandled/i.test(line));
  return [
    ...encoders.map(({ pid, isStopped }) => `an encoder is left over: ${pid}${isStopped ? ", stopped" : ""}`),
    ...bugs.map((line) => `the product said: ${line}`),
  ];
}
