import type { Actor } from "../core/context.ts";
import type { Deps, SessionClaims } from "../core/deps.ts";
import type { RateLimits } from "./rate-limits.ts";

/** What the app is handed for each request, and what its middleware leaves for the handlers. */
export type HttpEnv = {
  Bindings: { deps: Deps; rateLimits: RateLimits; assets: Fetcher };
  Variables: {
    requestId: string;
    /** The caller's address as the platform saw it; never what a header of the caller's claims. */
    address: string | null;
    /** What the token says, if it is one of ours; whether its session lives, the operation finds out. */
    claims: SessionClaims | null;
    actor: Actor;
    /** Why there is no actor, when a credential was sent. */
    hasBadCredential: boolean;
    idempotencyKey: string | null;
    /** What the closing log line says beside the request itself. */
    logFields: Record<string, unknown>;
  };
};
