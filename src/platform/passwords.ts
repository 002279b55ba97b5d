import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Passwords } from "../core/deps.ts";
import { createTurns } from "./turns.ts";

/** product.md: scrypt N=2^15 r=8 p=3, which ASVS 5.0 appendix C accepts; workerd refuses N·r·p above 2^20. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const keyBytes = 32;
const saltBytes = 16;
/** scrypt needs 128·N·r = 32 MiB, exactly node's default ceiling, which does not suffice. */
const maxmem = 64 * 2 ** 20;
/** From so many on sign-ins are refused until others are done. */
const waitingMax = 64;

export function createPasswords(): Passwords {
  // workerd hashes on the isolate's own thread: every other request stands still for these 150 ms.
  const inTurn = createTurns({ waitingMax });
  // What an unknown user's password is held against, so that it takes as long as a known one's.
  const nobody = encode(new Uint8Array(saltBytes), new Uint8Array(keyBytes), cost);
  return {
    async hash(password) {
      const salt = randomBytes(saltBytes);
      return encode(salt, await inTurn(() => derive(password, salt, cost)), cost);
    },
    async verify(password, hash) {
      const stored = decode(hash ?? nobody);
      const derived = await inTurn(() => derive(password, stored.salt, stored.cost));
      return timingSafeEqual(derived, stored.key) && hash !== null;
    },
    needsRehash(hash) {
      const stored = decode(hash).cost;
      return stored.N !== cost.N || stored.r !== cost.r || stored.p !== cost.p;
    },
    async isCommon(password) {
      return (await commonPasswords()).has(password.toLowerCase());
    },
  };
}

type Cost = typeof cost;

function derive(password: string, salt: Uint8Array, { N, r, p }: Cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, { N, r, p, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** `scrypt$N$r$p$salt$key`, so that a later, dearer cost can tell old hashes apart. */
function encode(salt: Uint8Array, key: Uint8Array, { N, r, p }: Cost): string {
  return ["scrypt", N, r, p, Buffer.from(salt).toString("base64"), Buffer.from(key).toString("base64")].join("$");
}

function decode(hash: string): { cost: Cost; salt: Uint8Array; key: Uint8Array } {
  const [scheme, N, r, p, salt, key] = hash.split("$");
  if (scheme !== "scrypt" || salt === undefined || key === undefined)
    throw new Error("a password hash of no known kind");
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64"),
    key: Buffer.from(key, "base64"),
  };
}

let common: Promise<Set<string>> | undefined;

/** 49,000 of the most used passwords, unpacked only when somebody chooses one. */
function commonPasswords(): Promise<Set<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map(String)),
  );
  return common;
}
