/**
 * Holds Daraja's one token. A new token makes the former one void, whoever asks for it (Daraja's FAQ), so all of this
 * service has one, gets it here, and renews it one at a time.
 */

/** Where tokens come from, and who asks. */
export type DarajaApp = { base: string; consumerKey: string; consumerSecret: string };
export type TokenAnswer = { ok: true; token: string } | { ok: false; code: string };
export type TokenParts = { fetch: typeof fetch; now(): number };

const timeLimitMs = 15_000;
/** A token lives for an hour by its `expires_in`; one in use for the last minutes of it would be void on arrival. */
const renewAfterMs = 50 * 60_000;
const spareMs = 60_000;
const usualSeconds = 3599;

type TokenRow = { token: string; renewAtMs: number };

export class TokenHolder {
  readonly #sql: SqlStorage;
  readonly #parts: TokenParts;
  #renewal: Promise<TokenAnswer> | null = null;

  constructor(sql: SqlStorage, parts: TokenParts) {
    this.#sql = sql;
    this.#parts = parts;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS token
         (id INTEGER PRIMARY KEY CHECK (id = 1), token TEXT NOT NULL, renew_at_ms INTEGER NOT NULL) STRICT`,
    );
  }

  /** `voided` is the token that Daraja has just refused: of several who were refused with one, the first renews it. */
  async token(app: DarajaApp, voided: string | null): Promise<TokenAnswer> {
    const [held] = this.#sql.exec<TokenRow>("SELECT token, renew_at_ms AS renewAtMs FROM token").toArray();
    const isGood = held !== undefined && held.token !== voided && this.#parts.now() < held.renewAtMs;
    if (isGood) return { ok: true, token: held.token };
    this.#renewal ??= this.#renew(app).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renew(app: DarajaApp): Promise<TokenAnswer> {
    const askedAtMs = this.#parts.now();
    const answer = await askForToken(app, this.#parts.fetch);
    if (!answer.ok) return answer;
    const livesMs = Math.min(renewAfterMs, answer.livesSeconds * 1000 - spareMs);
    this.#sql.exec("INSERT OR REPLACE INTO token VALUES (1, ?, ?)", answer.token, askedAtMs + livesMs);
    return { ok: true, token: answer.token };
  }
}

type Issued = { ok: true; token: string; livesSeconds: number } | { ok: false; code: string };

/** A new token makes the former one void: only for the holder, and for who looks whether Daraja takes the credentials. */
export async function askForToken(
  { base, consumerKey, consumerSecret }: DarajaApp,
  send: typeof fetch,
): Promise<Issued> {
  try {
    const response = await send(`${base}/oauth/v1/generate?grant_type=client_credentials`, {
      headers: { Authorization: `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}` },
      signal: AbortSignal.timeout(timeLimitMs),
    });
    return readToken(await response.text());
  } catch {
    return { ok: false, code: "no_answer" };
  }
}

function readToken(text: string): Issued {
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null) return { ok: false, code: "unreadable" };
  const { access_token: token, expires_in: seconds, errorCode } = body as Record<string, unknown>;
  if (typeof token !== "string" || token === "") {
    return { ok: false, code: typeof errorCode === "string" ? errorCode : "unreadable" };
  }
  // A text in some answers, a number in others.
  const lives = Number(seconds);
  return { ok: true, token, livesSeconds: Number.isFinite(lives) && lives > 0 ? lives : usualSeconds };
}
