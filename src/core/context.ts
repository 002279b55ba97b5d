import type { IdKind } from "../contract/ids.ts";
import type { Deps } from "./deps.ts";
import { invariant } from "./fail.ts";
import { newId } from "./ids.ts";
import type { Plan } from "./plans/plans.ts";

/** The credential a user came with. */
export type Via =
  /** `authenticatedAtMs`: when they last proved who they are, by password, link or provider. */
  | { kind: "session"; sessionId: string; authenticatedAtMs: number }
  | { kind: "secret_key" | "embed_key"; keyId: string };

export type UserActor = {
  kind: "user";
  /** Of a key: whoever made it. */
  userId: string;
  tenantId: string;
  via: Via;
  role: "owner" | "creator";
  plan: Plan;
  /** Operates the service (`ADMIN_EMAILS`), beside being a user of it; by a key metrics alone. */
  isAdmin: boolean;
};
export type AnonymousActor = { kind: "anonymous" };
/** A queue message, the cron or a signed link: nobody in person. */
export type SystemActor = { kind: "system" };
export type Actor = UserActor | AnonymousActor | SystemActor;

/** Who asks, on which request, with what at hand. Every verb takes one first. */
export type Context<Who extends Actor = Actor> = {
  readonly actor: Who;
  readonly requestId: string;
  /** The caller's address as the platform gave it; null for queue and cron. */
  readonly address: string | null;
  readonly deps: Deps;
};
export type UserContext = Context<UserActor>;

/** The session somebody came with, for verbs whose permission keys do not have. */
export function sessionIdOf({ via }: UserActor): string {
  invariant(via.kind === "session", "only a session may do this");
  return via.sessionId;
}

export function makeId(context: Context, kind: IdKind): string {
  return newId(kind, context.deps.clock.now(), context.deps.randomness.bytes(16));
}
