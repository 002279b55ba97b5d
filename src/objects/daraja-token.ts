import { DurableObject } from "cloudflare:workers";
import { type DarajaApp, type TokenAnswer, TokenHolder } from "./token-holder.ts";

/** The one holder of one Daraja app's token, addressed by a digest of the app. Survives eviction: the token is stored. */
export class DarajaToken extends DurableObject<object> {
  readonly #holder: TokenHolder;

  constructor(state: DurableObjectState, env: object) {
    super(state, env);
    this.#holder = new TokenHolder(state.storage.sql, {
      fetch: (input, init) => fetch(input, init),
      now: () => Date.now(),
    });
  }

  async token(app: DarajaApp, voided: string | null): Promise<TokenAnswer> {
    return this.#holder.token(app, voided);
  }
}
