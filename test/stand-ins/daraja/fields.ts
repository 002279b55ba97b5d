import { readEatTimestamp } from "./eat-time.ts";
import type { DarajaWorld } from "./world.ts";

export type Fields = Record<string, unknown>;

/** Daraja takes a number for a text and a text for a number, and nothing else for either. */
export function field(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function readFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** A check and the field it is of: the first that fails is the one Daraja names. */
export type Check = [name: string, isRight: boolean];

export function firstWrong(checks: Check[]): string | null {
  return checks.find(([, isRight]) => !isRight)?.[0] ?? null;
}

export const isShortcode = (text: string) => /^\d{5,7}$/.test(text);
export const isPhone = (text: string) => /^254[17]\d{8}$/.test(text);
/** Whole shillings, at most 250,000 a transaction. */
export const isAmount = (text: string) => /^[1-9]\d{0,5}$/.test(text) && Number(text) <= 250_000;
export const isWithin = (text: string, least: number, most: number) => text.length >= least && text.length <= most;

/** The real one wants the timestamp of now; how far off it may be is not written anywhere. */
const timestampToleranceMs = 5 * 60 * 1000;

export function isTimely(world: DarajaWorld, timestamp: string): boolean {
  const ms = readEatTimestamp(timestamp);
  return ms !== null && Math.abs(world.now() - ms) <= timestampToleranceMs;
}

export function passwordOf(world: DarajaWorld, timestamp: string): string {
  const { shortcode, passkey } = world.options;
  return Buffer.from(`${shortcode}${passkey}${timestamp}`).toString("base64");
}

/** Words that production does not allow in an address, in whatever case. */
const forbiddenWords = /m-?pesa|safaricom|exe|cmd|sql|query/i;
const privateHosts = /^(localhost|.*\.local|.*\.internal|\d+\.\d+\.\d+\.\d+|\[.*\])$|ngrok/i;

export function isCallbackUrl(world: DarajaWorld, text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  if (world.options.strictUrls !== true) return true;
  return url.protocol === "https:" && !forbiddenWords.test(text) && !privateHosts.test(url.hostname);
}

/** As M-Pesa shows payers to merchants since March 2026. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 5)}****${phone.slice(-3)}`;
}
