import { z } from "zod";
import { OutsideError } from "../../core/deps.ts";
import type { ModelRunner } from "./model-runner.ts";

/** For one thing, with all its tries. */
const askLimitMs = 60_000;
const triesMax = 3;
const firstPauseMs = 400;
/** A picture or a scene's speech is far smaller. */
const answerMaxBytes = 20_000_000;

export type RawAnswer = { contentType: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * Asks a model until `read` can use the answer: at most three times within a minute, later each time. `read` throws for what
 * it cannot use. Throws OutsideError.
 */
export async function askModel<Result>(
  runner: ModelRunner,
  model: string,
  input: Record<string, unknown>,
  read: (answer: RawAnswer) => Result,
): Promise<Result> {
  const late = AbortSignal.timeout(askLimitMs);
  for (let tries = 1; ; tries += 1) {
    try {
      return read(await askOnce(runner, model, input, late));
    } catch (error) {
      const isHopeless = error instanceof OutsideError && !error.isRetryable;
      if (isHopeless || late.aborted || tries === triesMax) {
        throw new OutsideError(`the model ${model} gave nothing to use`, !isHopeless, error);
      }
    }
    const pauseMs = firstPauseMs * 3 ** (tries - 1);
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (1 + Math.random())));
  }
}

async function askOnce(
  runner: ModelRunner,
  model: string,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const response = await orLate(runner(model, input, signal), signal);
  if (!response.ok) {
    await response.body?.cancel();
    const isTransient = response.status === 429 || response.status === 408 || response.status >= 500;
    throw new OutsideError(`the model answered ${response.status}`, isTransient);
  }
  const contentType = (response.headers.get("Content-Type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const bytes = new Uint8Array(await orLate(response.arrayBuffer(), signal));
  if (bytes.length === 0 || bytes.length > answerMaxBytes) throw new Error(`an answer of ${bytes.length} bytes`);
  return { contentType, bytes };
}

/** A binding need not heed the signal it is given. */
async function orLate<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  const onAbort = () => late.reject(new OutsideError("the model did not answer in time", true));
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, late.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

const wrapped = z.object({ result: z.unknown(), success: z.boolean() });

/** JSON of the model's own; over REST it comes wrapped in Cloudflare's envelope. */
export function readJson(answer: RawAnswer): unknown {
  const json: unknown = JSON.parse(new TextDecoder().decode(answer.bytes));
  const envelope = wrapped.safeParse(json);
  return envelope.success ? envelope.data.result : json;
}

/** Base64 as `field` of a JSON answer, or the bytes themselves. */
export function readBytes(answer: RawAnswer, field: string): Uint8Array<ArrayBuffer> {
  if (!answer.contentType.includes("json")) return answer.bytes;
  const found = z.record(z.string(), z.unknown()).parse(readJson(answer))[field];
  const text = z
    .string()
    .parse(found)
    .replace(/^data:[^,]*,/, "");
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function startsWith(bytes: Uint8Array, signature: readonly number[], from = 0): boolean {
  return signature.every((byte, index) => bytes[from + index] === byte);
}
