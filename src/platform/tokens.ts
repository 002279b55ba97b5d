import { jwtVerify, SignJWT } from "jose";
import type { AccessTokens, MacPurpose, Macs, SessionClaims, SignedLinks } from "../core/deps.ts";

const issuer = "shujaa-studio";
const audience = "shujaa-studio-api";
const algorithm = "HS256";
/** Some 600 bytes each: what those who are at work in one isolate hold. */
const provenMax = 1_000;

type Proven = { claims: SessionClaims; expiresAtSeconds: number };

/** Access tokens: HS256, one issuer and audience, named algorithm only (ASVS 9.1). `sid` is the session. */
export function createAccessTokens(secret: string, ttlSeconds: number): AccessTokens {
  const secretBytes = new TextEncoder().encode(secret);
  let imported: Promise<CryptoKey> | undefined;
  // Made once: jose imports bytes anew for each token.
  const keyOf = () => {
    imported ??= crypto.subtle.importKey("raw", secretBytes, { name: "HMAC", hash: "SHA-256" }, false, [
      "sign",
      "verify",
    ]);
    return imported;
  };
  // A token is proven once: the same text has the same signature. Whether its session still lives, its row says each time, and
  // only what was signed here gets in, so that nobody can fill it from outside.
  const proven = new Map<string, Proven>();
  return {
    ttlSeconds,
    async issue({ userId, sessionId }, nowMs, untilMs = Number.POSITIVE_INFINITY) {
      const nowSeconds = Math.floor(nowMs / 1000);
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: algorithm, typ: "at+jwt" })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(nowSeconds)
        .setExpirationTime(Math.min(nowSeconds + ttlSeconds, Math.floor(untilMs / 1000)))
        .sign(await keyOf());
    },
    async verify(token, nowMs) {
      const earlier = proven.get(token);
      if (earlier !== undefined && earlier.expiresAtSeconds > Math.floor(nowMs / 1000)) return earlier.claims;
      try {
        const { payload } = await jwtVerify(token, await keyOf(), {
          algorithms: [algorithm],
          issuer,
          audience,
          typ: "at+jwt",
          currentDate: new Date(nowMs),
          requiredClaims: ["sub", "sid", "exp"],
        });
        if (typeof payload.sub !== "string" || typeof payload.sid !== "string") return null;
        const claims = { userId: payload.sub, sessionId: payload.sid };
        proven.set(token, { claims, expiresAtSeconds: payload.exp ?? 0 });
        dropOldest(proven, provenMax);
        return claims;
      } catch {
        proven.delete(token);
        return null;
      }
    },
  };
}

function dropOldest(map: Map<string, unknown>, sizeMax: number): void {
  for (const key of map.keys()) {
    if (map.size <= sizeMax) return;
    map.delete(key);
  }
}

/** Keys derived from the same secret, one a purpose, so that no kind of code can be turned into another. */
export function createMacs(secret: string): Macs {
  const keys = new Map<MacPurpose, Promise<CryptoKey>>();
  const keyOf = (purpose: MacPurpose) => {
    const known = keys.get(purpose) ?? deriveKey(encoder.encode(secret), purpose);
    keys.set(purpose, known);
    return known;
  };
  return {
    async sign(purpose, text) {
      const mac = await crypto.subtle.sign("HMAC", await keyOf(purpose), encoder.encode(text));
      return Buffer.from(mac).toString("base64url");
    },
    async verify(purpose, text, mac) {
      return crypto.subtle.verify("HMAC", await keyOf(purpose), Buffer.from(mac, "base64url"), encoder.encode(text));
    },
  };
}

/** Links whose path and expiry are signed. */
export function createSignedLinks(macs: Macs): SignedLinks {
  const message = (path: string, expires: number | string) => `${path}\n${expires}`;
  return {
    sign: (path, expiresAtMs) => macs.sign("signed links", message(path, expiresAtMs)),
    async verify(path, { expires, signature }, nowMs) {
      if (!/^\d{1,15}$/.test(expires) || Number(expires) < nowMs) return false;
      return macs.verify("signed links", message(path, expires), signature);
    },
  };
}

const encoder = new TextEncoder();

async function deriveKey(secret: Uint8Array, purpose: MacPurpose): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(purpose) };
  return crypto.subtle.deriveKey(parameters, base, { name: "HMAC", hash: "SHA-256", length: 256 }, false, [
    "sign",
    "verify",
  ]);
}
