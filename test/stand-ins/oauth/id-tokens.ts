import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import type { Grant } from "./codes.ts";

const lifeSeconds = 3600;

/** Google's side of OpenID Connect: keys, and tokens signed by them. */
export class IdTokens {
  private readonly issuer: string;
  private readonly now: () => number;
  private readonly pairs = Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);

  constructor(issuer: string, now: () => number) {
    this.issuer = issuer;
    this.now = now;
  }

  async keys() {
    const [{ publicKey }] = await this.pairs;
    return { keys: [{ ...(await exportJWK(publicKey)), kid: "stand-in", use: "sig", alg: "RS256" }] };
  }

  async issue({ asked, person, fault }: Grant): Promise<string> {
    const issuedAt = Math.floor(this.now() / 1000) - (fault === "expired_token" ? 2 * lifeSeconds : 0);
    const [primary] = person.emails;
    const nonce = fault === "wrong_nonce" ? "of-another-attempt" : fault === "no_nonce" ? null : asked.nonce;
    const claims = {
      iss: fault === "other_issuer" ? "https://accounts.example.com" : this.issuer,
      sub: person.id,
      aud: fault === "other_audience" ? "another-client" : asked.clientId,
      iat: issuedAt,
      exp: issuedAt + lifeSeconds,
      ...(nonce === null ? {} : { nonce }),
      ...(person.name === null ? {} : { name: person.name }),
      ...(primary === undefined ? {} : { email: primary.email, email_verified: primary.isVerified }),
    };
    if (fault === "unsigned") return new UnsecuredJWT(claims).encode();
    const [right, stranger] = await this.pairs;
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "stand-in", typ: "JWT" })
      .sign(fault === "bad_signature" ? stranger.privateKey : right.privateKey);
  }
}
