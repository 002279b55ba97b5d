import type { DarajaToken } from "../../objects/daraja-token.ts";
import type { DarajaApp, TokenAnswer } from "../../objects/token-holder.ts";

export interface TokenSource {
  /** `voided`: the token that Daraja has just refused; null: none. */
  token(voided: string | null): Promise<TokenAnswer>;
}

/** The Durable Object of this app. An app's name holds its secret, so that changed credentials get a token of their own. */
export function connectToken(namespace: DurableObjectNamespace<DarajaToken>, app: DarajaApp): TokenSource {
  let name: Promise<string> | undefined;
  return {
    async token(voided) {
      name ??= nameOf(app);
      try {
        return await namespace.get(namespace.idFromName(await name)).token(app, voided);
      } catch {
        return { ok: false, code: "no_answer" };
      }
    },
  };
}

async function nameOf({ base, consumerKey, consumerSecret }: DarajaApp): Promise<string> {
  const text = new TextEncoder().encode(`${base}\n${consumerKey}\n${consumerSecret}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
