import type { Log } from "../../core/deps.ts";
import { tokenVoid } from "./error-codes.ts";
import type { TokenSource } from "./token-source.ts";

export type DarajaParts = {
  fetch: typeof fetch;
  /** Epoch milliseconds. */
  now(): number;
  tokens: TokenSource;
  sleep(ms: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
  log: Log;
};

export type Fields = Record<string, unknown>;
export type DarajaAnswer =
  | { kind: "fields"; fields: Fields }
  /** An error envelope. `isCertain` false: it came with a success status, so one of the two is wrong. */
  | { kind: "error"; code: string; words: string; isCertain: boolean }
  /** There is no token to call with: nothing was sent. */
  | { kind: "no_token"; code: string }
  /** No answer, or none that can be read: whether anything was done nobody knows. */
  | { kind: "unknown" };

const timeLimitMs = 15_000;
const wordsMax = 200;

/** One call, with the token renewed once if Daraja calls it void: that is looked at before anything is done. */
export async function callDaraja(parts: DarajaParts, url: string, body: Fields): Promise<DarajaAnswer> {
  const held = await parts.tokens.token(null);
  if (!held.ok) return { kind: "no_token", code: held.code };
  const answer = await post(parts, url, body, held.token);
  if (answer.kind !== "error" || answer.code !== tokenVoid) return answer;
  const renewed = await parts.tokens.token(held.token);
  return renewed.ok ? post(parts, url, body, renewed.token) : { kind: "no_token", code: renewed.code };
}

async function post(parts: DarajaParts, url: string, body: Fields, token: string): Promise<DarajaAnswer> {
  try {
    const response = await parts.fetch(url, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeLimitMs),
    });
    return readAnswer(await response.text(), response.ok);
  } catch {
    return { kind: "unknown" };
  }
}

function readAnswer(text: string, isOk: boolean): DarajaAnswer {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return { kind: "unknown" };
  const fields: Fields = { ...parsed };
  const code = textOf(fields.errorCode) ?? gatewayCode(fields.fault);
  if (code === null) return isOk ? { kind: "fields", fields } : { kind: "unknown" };
  const words = (textOf(fields.errorMessage) ?? "").slice(0, wordsMax);
  return { kind: "error", code, words, isCertain: !isOk || code === tokenVoid };
}

/** The gateway in front (Apigee) has an envelope of its own for what does not get past it. */
const gatewayCodes: [RegExp, string][] = [
  [/SpikeArrest/i, "500.003.02"],
  [/QuotaViolation/i, "500.003.03"],
  [/InvalidAccessToken|access_token_expired/i, tokenVoid],
];

function gatewayCode(fault: unknown): string | null {
  if (typeof fault !== "object" || fault === null) return null;
  const text = JSON.stringify(fault);
  return gatewayCodes.find(([pattern]) => pattern.test(text))?.[1] ?? "gateway_fault";
}

/** Codes come as texts and as numbers. null: neither. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : null;
}
