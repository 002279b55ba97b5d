import type { Deps } from "../deps.ts";
import { findUser } from "./store.ts";

/** How a user is written to; null: there is no such user any more. */
export async function readContact(deps: Deps, userId: string): Promise<{ email: string; name: string | null } | null> {
  const user = await findUser(deps, userId);
  return user === null ? null : { email: user.email, name: user.name };
}
