/**
 * Who is signed in. The access token is in this module's memory alone; the refresh token in a cookie that no script reads.
 * `lost`: a session ended while somebody was at work, who is asked for a password over the page they are on.
 */
import { useSyncExternalStore } from "react";
import type { UserAnswer } from "../../contract/accounts.ts";
import { ShujaaError } from "../../sdk/errors.ts";
import { logOut, refreshSession } from "../../sdk/operations/auth.ts";
import { createTransport } from "../../sdk/transport.ts";
import { forgetKept } from "./kept.ts";

export type SessionState =
  | { status: "starting" }
  | { status: "unreachable" }
  | { status: "out" }
  | { status: "in"; user: UserAnswer }
  | { status: "lost"; user: UserAnswer };

type Opened = { access_token: string; user: UserAnswer };

let state: SessionState = { status: "starting" };
let token: string | null = null;
const listeners = new Set<() => void>();
const otherTabs = new BroadcastChannel("shujaa.session");

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

/** For calls that need no session, or make one. */
export const openTransport = createTransport({ baseUrl: "" });

/** For all others: renews its token once when it is not good any more. */
export const transport = createTransport({ baseUrl: "", credential: () => token, renew: () => renew() });

export function accept({ access_token, user }: Opened): void {
  token = access_token;
  noteKnown();
  become({ status: "in", user });
  otherTabs.postMessage("in");
}

/** What they are called, once they have changed it. */
export function noteUser(user: UserAnswer): void {
  if (state.status === "in") become({ status: "in", user });
}

const knownKey = "shujaa.known";

/** Whether somebody has been signed in in this browser: who has, is asked for a password rather than for a new account. */
export function isKnownHere(): boolean {
  try {
    return localStorage.getItem(knownKey) !== null;
  } catch {
    return false;
  }
}

function noteKnown(): void {
  try {
    localStorage.setItem(knownKey, "1");
  } catch {
    // They are asked both ways.
  }
}

let renewal: Promise<string | null> | null = null;

/** A new token for the cookie; null: there is no session any more. Everybody who asks meanwhile waits for the one answer. */
function renew(): Promise<string | null> {
  renewal ??= askForToken().finally(() => {
    renewal = null;
  });
  return renewal;
}

async function askForToken(): Promise<string | null> {
  try {
    const { access_token, user } = await openTransport.call(refreshSession, {});
    token = access_token;
    become({ status: "in", user });
  } catch (error) {
    // A service that does not answer has not said that the session is over.
    if (!(error instanceof ShujaaError) || error.code !== "unauthenticated") throw error;
    token = null;
    become(state.status === "in" || state.status === "lost" ? { status: "lost", user: state.user } : { status: "out" });
  }
  return token;
}

export async function startSession(): Promise<void> {
  become({ status: "starting" });
  await renew().catch(() => become({ status: "unreachable" }));
}

/** Whether a session was opened meanwhile, in another tab or by a link; nothing changes when there was none. */
export async function startSessionQuietly(): Promise<void> {
  if (state.status !== "in") await renew().catch(() => undefined);
}

/** What was typed goes with the one who typed it; so does everything that was read. */
export async function signOut(): Promise<void> {
  await transport.call(logOut, {}).catch(() => undefined);
  token = null;
  forgetKept();
  become({ status: "out" });
  otherTabs.postMessage("out");
}

/** Instead of signing in again over the page: begin anew. */
export function leaveLostSession(): void {
  forgetKept();
  become({ status: "out" });
}

otherTabs.addEventListener("message", ({ data }) => {
  if (data === "out" && state.status === "in") {
    token = null;
    become({ status: "lost", user: state.user });
  }
  if (data === "in" && state.status !== "in") void renew().catch(() => undefined);
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, () => state);
}
