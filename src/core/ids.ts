import { type IdKind, idPrefixes } from "../contract/ids.ts";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const bodyLength = 26;

/** A new id: 48 bits of time, then 82 random ones, so that ids of one kind sort by their making. `bytes` needs 16 random bytes. */
export function newId(kind: IdKind, nowMs: number, bytes: Uint8Array): string {
  let time = "";
  for (let rest = nowMs, place = 0; place < 10; place += 1) {
    time = alphabet.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let random = "";
  for (let place = 0; place < bodyLength - 10; place += 1) random += alphabet.charAt((bytes[place] ?? 0) % 32);
  return `${idPrefixes[kind]}_${time}${random}`;
}

/** The id that belongs to a digest: the same input names the same thing, however often it is asked for. `digest` needs 26 bytes. */
export function idFromDigest(kind: IdKind, digest: Uint8Array): string {
  let body = "";
  for (let place = 0; place < bodyLength; place += 1) body += alphabet.charAt((digest[place] ?? 0) % 32);
  return `${idPrefixes[kind]}_${body}`;
}
