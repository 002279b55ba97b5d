import { sessionIdOf, type UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { findSession } from "./session-store.ts";

/** Why nothing was written: the caller's session has ended since they came. Refuses `unauthenticated`. */
export async function refuseEnded({ deps, actor }: UserContext): Promise<void> {
  if ((await findSession(deps, sessionIdOf(actor), deps.clock.now())) === null)
    fail("unauthenticated", "This session has just ended. Nothing was changed.");
}
