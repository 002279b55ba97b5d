import type { IdKind } from "../contract/ids.ts";
import type { Deps } from "./deps.ts";
import { newId } from "./ids.ts";
import type { Plan } from "./plans/plans.ts";

export type UserActor = {
  kind: "user";
  userId: string;
  tenantId: string;
  sessionId: string;
  role: "owner" | "creator";
  plan: Plan;
  /** Operates the service (`ADMIN_EMAILS`), beside being a user of it. */
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

export function makeId(context: Context, kind: IdKind): string {
  return newId(kind, context.deps.clock.now(), context.deps.randomness.bytes(16));
}
