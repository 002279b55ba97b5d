import { z } from "zod";
import { type OauthProvider, oauthProviders } from "../../../contract/oauth.ts";
import type { Context } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import type { AttemptSecrets } from "./sign-in-provider.ts";

/** Long enough to find a telephone for a second factor. */
export const attemptMs = 10 * 60_000;

/** A try to sign in, kept by the browser that began it: nothing of it is stored here. */
export type Attempt = AttemptSecrets & { provider: OauthProvider; returnTo: string; expiresAtMs: number };

const attemptFields = z.object({
  provider: z.enum(oauthProviders),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  expiresAtMs: z.coerce.number().int(),
});

export function newAttempt({ deps }: Context, provider: OauthProvider, returnTo: string): Attempt {
  return {
    provider,
    returnTo,
    state: random(deps),
    nonce: random(deps),
    verifier: random(deps),
    expiresAtMs: deps.clock.now() + attemptMs,
  };
}

/** 256 bits, in 64 characters that RFC 7636 allows for a verifier. */
function random({ randomness }: Deps): string {
  return Array.from(randomness.bytes(32), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function sealAttempt({ macs }: Deps, attempt: Attempt): Promise<string> {
  const text = new URLSearchParams({ ...attempt, expiresAtMs: String(attempt.expiresAtMs) }).toString();
  return `${text}.${await macs.sign("sign-in attempts", text)}`;
}

/** null: not sealed by us, or too old. */
export async function unsealAttempt({ macs, clock }: Deps, sealed: string): Promise<Attempt | null> {
  const end = sealed.lastIndexOf(".");
  if (end === -1) return null;
  const text = sealed.slice(0, end);
  if (!(await macs.verify("sign-in attempts", text, sealed.slice(end + 1)))) return null;
  const parsed = attemptFields.safeParse(Object.fromEntries(new URLSearchParams(text)));
  return parsed.success && parsed.data.expiresAtMs > clock.now() ? parsed.data : null;
}

/** In constant time, as codes of ours are compared. */
export async function isSameState({ macs }: Deps, one: string, other: string): Promise<boolean> {
  const purpose = "sign-in attempts";
  return macs.verify(purpose, `state ${one}`, await macs.sign(purpose, `state ${other}`));
}
