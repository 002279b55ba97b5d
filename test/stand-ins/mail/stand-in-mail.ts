/** A mail provider that speaks Resend's API and keeps what it is sent: strict about requests, forgetful and slow on demand. */
import { type Answer, type IncomingRequest, json, lost, text } from "../daraja/answers.ts";

export type MailOptions = { key: string; now: () => number };

export type KeptMail = {
  id: string;
  idempotencyKey: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  atMs: number;
};

/**
 * `too_many` 429, `away` 500: nothing is taken. `lost`: taken, but the answer does not arrive. `silent`: nothing is taken, and the
 * answer takes longer than anybody waits.
 */
export const mailFaults = ["too_many", "away", "lost", "silent"] as const;
export type MailFault = (typeof mailFaults)[number];

/** Longer than the ten seconds that the product waits. */
const silentMs = 11_000;
const keysKeptMs = 24 * 3_600_000;
const fields = ["from", "to", "subject", "text", "html"];
/** A domain that takes no mail. */
const refusedDomain = "@refused.example.com";

type Kept = { body: string; mail: KeptMail };

export class StandInMail {
  readonly #options: MailOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #faults: MailFault[] = [];
  #calls = 0;

  constructor(options: MailOptions) {
    this.#options = options;
  }

  /** Newest last. */
  get mails(): KeptMail[] {
    return Array.from(this.#kept.values(), ({ mail }) => mail);
  }

  /** How often it was asked to send, whatever came of it. */
  get calls(): number {
    return this.#calls;
  }

  /** The next calls fail so, one a fault. */
  failNext(...faults: MailFault[]): void {
    this.#faults.push(...faults);
  }

  async answer(request: IncomingRequest): Promise<Answer> {
    const { pathname } = new URL(request.url);
    if (pathname !== "/emails") return refuse(404, "not_found", "The requested endpoint does not exist.");
    if (request.method !== "POST") return refuse(405, "method_not_allowed", "Method is not allowed.");
    this.#calls += 1;
    const fault = this.#faults.shift();
    if (fault === "too_many") return refuse(429, "rate_limit_exceeded", "Too many requests.");
    if (fault === "away") return refuse(500, "application_error", "An unexpected error occurred.");
    if (fault === "silent") {
      await new Promise((resolve) => setTimeout(resolve, silentMs));
      return lost;
    }
    const answer = this.#take(request, await request.text());
    return fault === "lost" ? lost : answer;
  }

  #take(request: IncomingRequest, body: string): Answer {
    const authorization = request.headers.get("Authorization");
    if (authorization === null) return refuse(401, "missing_api_key", "Missing API key in the authorization header.");
    if (authorization !== `Bearer ${this.#options.key}`) return refuse(403, "invalid_api_key", "API key is invalid.");
    if (request.headers.get("Content-Type") !== "application/json")
      return refuse(422, "validation_error", "Send JSON.");
    const idempotencyKey = request.headers.get("Idempotency-Key") ?? "";
    if (idempotencyKey === "" || idempotencyKey.length > 256)
      return refuse(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    const known = this.#knownUnder(idempotencyKey);
    if (known !== undefined && known.body !== body)
      return refuse(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.");
    if (known !== undefined) return json({ id: known.mail.id });
    const sent = readMail(body);
    if (typeof sent === "string") return refuse(422, "validation_error", sent);
    const mail = { ...sent, id: crypto.randomUUID(), idempotencyKey, atMs: this.#options.now() };
    this.#kept.set(idempotencyKey, { body, mail });
    return json({ id: mail.id });
  }

  #knownUnder(idempotencyKey: string): Kept | undefined {
    const known = this.#kept.get(idempotencyKey);
    return known !== undefined && this.#options.now() - known.mail.atMs < keysKeptMs ? known : undefined;
  }
}

type Sent = Pick<KeptMail, "from" | "to" | "subject" | "text" | "html">;

function readMail(body: string): Sent | string {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(body) as Record<string, unknown>;
  } catch {
    return "The body is not JSON.";
  }
  const unknown = Object.keys(given).find((name) => !fields.includes(name));
  if (unknown !== undefined) return `Unknown field \`${unknown}\`.`;
  const { from, to, subject, text: plain, html } = given;
  if (typeof from !== "string" || !/^([^<>]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(from))
    return "Invalid `from` field.";
  const [recipient, ...others] = Array.isArray(to) ? (to as unknown[]) : [];
  if (typeof recipient !== "string" || others.length > 0 || !/^[^\s@]+@[^\s@]+$/.test(recipient))
    return "Invalid `to` field.";
  if (recipient.endsWith(refusedDomain)) return `Invalid \`to\` field: ${recipient}`;
  for (const part of [subject, plain, html]) if (typeof part !== "string" || part === "") return "Missing field.";
  if (/[\r\n]/.test(String(subject))) return "Invalid `subject` field.";
  return { from, to: recipient, subject: String(subject), text: String(plain), html: String(html) };
}

function refuse(statusCode: number, name: string, message: string): Answer {
  return text(JSON.stringify({ statusCode, name, message }), statusCode, "application/json");
}
