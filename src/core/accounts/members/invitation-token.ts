import type { Deps } from "../../deps.ts";

/** 256 random bits, base64url: what the link of an invitation ends with, and nobody keeps. */
export function newInvitationToken({ randomness }: Deps): string {
  return btoa(String.fromCharCode(...randomness.bytes(32)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** What is kept of a token: SHA-256, hexadecimal. */
export async function invitationTokenHash({ digests }: Deps, token: string): Promise<string> {
  const digest = await digests.sha256(token);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
