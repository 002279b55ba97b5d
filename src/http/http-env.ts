import type { Actor } from "../core/context.ts";
import type { Deps, SessionClaims } from "../core/deps.ts";
import type { RateLimits } from "./rate-limits.ts";

/** What was sent along and is one of ours by its looks: a signed token's words, or the SHA-256 of an API key. */
export type Credential = { kind: "session"; claims: SessionClaims } | { kind: "key"; hash: string };

/** The files that lie beside the Worker. Their answers' headers can be set, as those of every answer of a route. */
export interface StaticFiles {
  fetch(request: Request | URL, init?: RequestInit): Promise<Response>;
}

/** What the app is handed for each request, and what its middleware leaves for the handlers. */
export type HttpEnv = {
  Bindings: { deps: Deps; rateLimits: RateLimits; assets: StaticFiles };
  Variables: {
    requestId: string;
    /** The caller's address as the platform saw it; never what a header of the caller's claims. */
    address: string | null;
    /** Whether its session or key lives, the operation finds out. */
    credential: Credential | null;
    actor: Actor;
    /** Why there is no actor, when a credential was sent. */
    hasBadCredential: boolean;
    /** Nor one, when an embed key came from a page that is not among its own. */
    isForeignPage: boolean;
    idempotencyKey: string | null;
    /** What the closing log line says beside the request itself. */
    logFields: Record<string, unknown>;
  };
};
