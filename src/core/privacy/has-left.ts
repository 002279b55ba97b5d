import type { Deps } from "../deps.ts";
import { hasDeletionOf } from "./deletion-store.ts";
import { digestEmail } from "./email-digest.ts";

/** Whether somebody with this normalised address has had an account here and deleted it. */
export async function hasLeft(deps: Deps, email: string): Promise<boolean> {
  return hasDeletionOf(deps, await digestEmail(deps, email));
}
