/**
 * How a key is written: its kind, 32 random characters of base 62 (190 bits), and six that are the CRC-32 of all before them,
 * as GitHub's tokens have it. So a scanner tells a key from its like without asking anybody, and one that was mistyped or
 * made up never reaches the database.
 */
import type { KeyKind } from "./tables.ts";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 32;
const checksumLength = 6;
/** The largest multiple of 62 in a byte's 256 values: what lies above would make the first characters likelier. */
const fairBelow = 248;

const keyPattern = /^(sk_live_|sk_test_|pk_)[0-9A-Za-z]{38}$/;

export function newKey(kind: KeyKind, isProduction: boolean, bytes: (length: number) => Uint8Array): string {
  const prefix = kind === "embed" ? "pk_" : isProduction ? "sk_live_" : "sk_test_";
  const body = prefix + randomCharacters(bytes);
  return body + checksumOf(body);
}

/** Whether a credential means to be a key, and no access token: those are dotted and begin otherwise. */
export function looksLikeKey(credential: string): boolean {
  return /^[sp]k_/.test(credential);
}

export function isWellFormed(key: string): boolean {
  return keyPattern.test(key) && key.slice(-checksumLength) === checksumOf(key.slice(0, -checksumLength));
}

/** What is shown of a key afterwards: enough to tell it from others, nothing to guess it by. */
export function shownOf(key: string): { prefix: string; lastFour: string } {
  const prefix = keyPattern.exec(key)?.[1] ?? "";
  return { prefix: key.slice(0, prefix.length + 4), lastFour: key.slice(-4) };
}

function randomCharacters(bytes: (length: number) => Uint8Array): string {
  let text = "";
  while (text.length < randomLength) {
    for (const byte of bytes(randomLength)) if (byte < fairBelow) text += alphabet.charAt(byte % alphabet.length);
  }
  return text.slice(0, randomLength);
}

function checksumOf(text: string): string {
  let digits = "";
  for (let rest = crc32(text); digits.length < checksumLength; rest = Math.floor(rest / alphabet.length))
    digits = alphabet.charAt(rest % alphabet.length) + digits;
  return digits;
}

/** CRC-32 as in zlib and PNG (reflected, polynomial 0xEDB88320), of ASCII. */
function crc32(text: string): number {
  let crc = 0xffff_ffff;
  for (let place = 0; place < text.length; place += 1) {
    crc ^= text.charCodeAt(place);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
