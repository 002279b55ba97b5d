import { randomBytes } from "node:crypto";
import { createStudio, type Studio } from "../sdk/studio.ts";

/** The service as the terminal speaks to it. */
export function studioOf(baseUrl: string, token: string | null): Studio {
  return createStudio({ baseUrl, credential: token });
}

/** Answers with the token of an account that nobody else will sign in to: its password is not kept. */
export async function newAccount(baseUrl: string): Promise<string> {
  const session = await studioOf(baseUrl, null).signUp({
    email: `terminal-${randomBytes(6).toString("hex")}@example.com`,
    password: randomBytes(18).toString("base64url"),
  });
  return session.access_token;
}
