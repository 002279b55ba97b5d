/** A customer who does what clients should: gives each order a key of its own, and asks again until there is an answer. */
import { Account, type Answer } from "../support/account.ts";

type Json = Record<string, unknown>;
export type Order = { key: string; body: Json };

/** Nobody gives up before everything that can be killed has been started again. */
const insistLimitMs = 120_000;
const repeatAfterMs = 400;
/** What an answer says that is over in a moment: the same request may succeed. */
const passing = ["service_unavailable", "idempotency_in_progress", "rate_limited", "backlog_full"];

export class Customer {
  readonly name: string;
  readonly account: Account;
  /** Accepted orders: the video's id, by the order's key. */
  readonly videos = new Map<string, string>();
  readonly payments = new Set<string>();
  /** What no caller should ever be answered, whatever dies. */
  readonly wrongAnswers: string[] = [];

  private constructor(name: string, account: Account) {
    this.name = name;
    this.account = account;
  }

  /** A sign-up that was cut off is tried under another address: a person would have to look into their mail. */
  static async signUp(url: string, name: string): Promise<Customer> {
    for (const untilMs = Date.now() + insistLimitMs; ; ) {
      try {
        return new Customer(name, await Account.signUp(url));
      } catch (error) {
        if (Date.now() > untilMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, repeatAfterMs));
      }
    }
  }

  /** The answer, whatever it takes; a network that broke off says nothing about what was done. */
  async insist(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    const headers: Record<string, string> = key === undefined ? {} : { "Idempotency-Key": key };
    for (const untilMs = Date.now() + insistLimitMs; ; ) {
      const answer = await this.account.send(method, path, body, headers).catch((error: unknown) => {
        if (error instanceof SyntaxError) this.wrongAnswers.push(`${method} ${path} was answered no JSON`);
        return null;
      });
      if (answer !== null) this.#look(method, path, answer);
      if (answer !== null && !passing.includes(String(answer.body.code))) return answer;
      if (Date.now() > untilMs) throw new Error(`${method} ${path} still says ${JSON.stringify(answer?.body)}`);
      await new Promise((resolve) => setTimeout(resolve, repeatAfterMs));
    }
  }

  /** false: the plan or the balance does not allow another one. */
  async orderVideo({ key, body }: Order): Promise<boolean> {
    const answer = await this.insist("POST", "/api/videos", body, key);
    if (answer.status === 402) return false;
    if (answer.status !== 202) throw new Error(`an order was answered ${JSON.stringify(answer.body)}`);
    this.videos.set(key, String(answer.body.id));
    return true;
  }

  async listVideos(): Promise<Json[]> {
    const { body } = await this.insist("GET", "/api/videos?limit=100");
    return body.data as Json[];
  }

  #look(method: string, path: string, { status, body }: Answer): void {
    const isRight = status < 500 || (status === 503 && body.code === "service_unavailable");
    if (!isRight) this.wrongAnswers.push(`${method} ${path} was answered ${status} ${JSON.stringify(body)}`);
  }
}
