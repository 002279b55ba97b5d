import { jwtVerify, SignJWT } from "jose";
import type { AccessTokens, SignedLinks } from "../core/deps.ts";

const issuer = "shujaa-studio";
const audience = "shujaa-studio-api";
const algorithm = "HS256";

/** Access tokens: HS256, one issuer and audience, named algorithm only (ASVS 9.1). `sid` is the session. */
export function createAccessTokens(secret: string, ttlSeconds: number): AccessTokens {
  const key = new TextEncoder().encode(secret);
  return {
    ttlSeconds,
    issue({ userId, sessionId }, nowMs) {
      const nowSeconds = Math.floor(nowMs / 1000);
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: algorithm, typ: "at+jwt" })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(nowSeconds)
        .setExpirationTime(nowSeconds + ttlSeconds)
        .sign(key);
    },
    async verify(token, nowMs) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          typ: "at+jwt",
          currentDate: new Date(nowMs),
          requiredClaims: ["sub", "sid", "exp"],
        });
        if (typeof payload.sub !== "string" || typeof payload.sid !== "string") return null;
        return { userId: payload.sub, sessionId: payload.sid };
      } catch {
        return null;
      }
    },
  };
}

/** Links signed with a key of their own, derived from the same secret, so that neither kind can be turned into the other. */
export function createSignedLinks(secret: string): SignedLinks {
  const encoder = new TextEncoder();
  let derived: Promise<CryptoKey> | undefined;
  const linkKey = () => {
    derived ??= deriveKey(encoder.encode(secret));
    return derived;
  };
  const message = (path: string, expires: number | string) => encoder.encode(`${path}\n${expires}`);
  return {
    async sign(path, expiresAtMs) {
      const mac = await crypto.subtle.sign("HMAC", await linkKey(), message(path, expiresAtMs));
      return Buffer.from(mac).toString("base64url");
    },
    async verify(path, { expires, signature }, nowMs) {
      if (!/^\d{1,15}$/.test(expires) || Number(expires) < nowMs) return false;
      const mac = Buffer.from(signature, "base64url");
      return crypto.subtle.verify("HMAC", await linkKey(), mac, message(path, expires));
    },
  };
}

async function deriveKey(secret: Uint8Array): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const parameters = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: new TextEncoder().encode("signed links"),
  };
  return crypto.subtle.deriveKey(parameters, base, { name: "HMAC", hash: "SHA-256", length: 256 }, false, [
    "sign",
    "verify",
  ]);
}
