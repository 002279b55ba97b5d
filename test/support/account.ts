/** An account over the public API of a running product, as any caller has one. */
import { randomUUID } from "node:crypto";

type Json = Record<string, unknown>;
export type Answer = { status: number; headers: Headers; body: Json };

export class Account {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  static async signUp(url: string): Promise<Account> {
    const answer = await call(url, "POST", "/api/auth/signup", {
      body: { email: `e2e-${randomUUID()}@example.com`, password: "a long enough password" },
    });
    if (answer.status !== 201) throw new Error(`sign-up answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return new Account(url, String(answer.body.access_token));
  }

  /** Who is told to wait waits, as every client should: nothing was done. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    for (;;) {
      const answer = await call(this.url, method, path, {
        body,
        headers: { ...headers, Authorization: `Bearer ${this.token}` },
      });
      if (answer.body.code !== "rate_limited") return answer;
      await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get("Retry-After"))));
    }
  }

  async balance(): Promise<{ balance: number; held: number }> {
    const { body } = await this.send("GET", "/api/credits/balance");
    return { balance: Number(body.balance), held: Number(body.held) };
  }

  /** The amounts of every transaction, oldest first. */
  async amounts(): Promise<{ type: string; amount: number }[]> {
    const { body } = await this.send("GET", "/api/credits/transactions?limit=100");
    return (body.data as { type: string; amount: number }[]).map(({ type, amount }) => ({ type, amount })).reverse();
  }

  /** Polls until the video has ended, or `until` says it is far enough. */
  async waitFor(id: string, until: (video: Json) => boolean = hasEnded, limitMs = 240_000): Promise<Json> {
    const untilMs = Date.now() + limitMs;
    for (;;) {
      const answer = await this.send("GET", `/api/videos/${id}`).catch(() => null);
      if (answer?.status === 200 && until(answer.body)) return answer.body;
      if (answer?.status === 200 && hasEnded(answer.body)) {
        throw new Error(`the video ended too early: ${JSON.stringify(answer.body)}`);
      }
      if (Date.now() > untilMs) throw new Error(`the video is still ${JSON.stringify(answer?.body)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

export function hasEnded(video: Json): boolean {
  return ["succeeded", "failed", "cancelled"].includes(String(video.status));
}

export async function call(
  url: string,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { ...(options.body === undefined ? {} : { "Content-Type": "application/json" }), ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? {} : (JSON.parse(text) as Json) };
}
