import { SignJWT } from "jose";

const secret = new TextEncoder().encode("a secret of the tests, longer than 32 characters");

/** An access token as the service signs them, for any session and any time. */
export function signAccessToken(
  claims: { userId: string; sessionId: string },
  { issuedAtMs = Date.now(), ttlSeconds = 3600 } = {},
): Promise<string> {
  const issuedAt = Math.floor(issuedAtMs / 1000);
  return new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .setSubject(claims.userId)
    .setIssuer("shujaa-studio")
    .setAudience("shujaa-studio-api")
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ttlSeconds)
    .sign(secret);
}
