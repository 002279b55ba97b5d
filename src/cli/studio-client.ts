/** The calls that the journey from a terminal makes, over the public API alone. */
import { createParser } from "eventsource-parser";
import { sessionAnswer } from "../contract/accounts.ts";
import { balanceAnswer } from "../contract/credits.ts";
import { problemDocument } from "../contract/errors.ts";
import { type ProgressEvent, progressEvent, videoAccepted, videoAnswer } from "../contract/videos.ts";

/** The service said no; the message is its own words. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.name = "Refused";
    this.code = code;
  }
}

export class StudioClient {
  private readonly baseUrl: string;
  private token: string | null;

  constructor(baseUrl: string, token: string | null) {
    this.baseUrl = baseUrl;
    this.token = token;
  }

  /** Answers with the token of the new account. */
  async signUp(email: string, password: string): Promise<string> {
    const response = await this.send("POST", "/api/auth/signup", { email, password });
    this.token = sessionAnswer.parse(await response.json()).access_token;
    return this.token;
  }

  async balance(): Promise<number> {
    return balanceAnswer.parse(await (await this.send("GET", "/api/credits/balance")).json()).balance;
  }

  async createVideo(body: Record<string, unknown>, idempotencyKey: string) {
    const response = await this.send("POST", "/api/videos", body, { "Idempotency-Key": idempotencyKey });
    return videoAccepted.parse(await response.json());
  }

  async getVideo(id: string) {
    return videoAnswer.parse(await (await this.send("GET", `/api/videos/${id}`)).json());
  }

  /** Progress until the video has ended; a stream that breaks is resumed where it was. */
  async *follow(id: string): AsyncGenerator<ProgressEvent> {
    let lastEventId = "";
    for (;;) {
      const headers: Record<string, string> = lastEventId === "" ? {} : { "Last-Event-ID": lastEventId };
      const response = await this.send("GET", `/api/videos/${id}/events`, undefined, headers);
      const events: { id: string; name: string; data: ProgressEvent }[] = [];
      const parser = createParser({
        onEvent: ({ id: eventId = "", event = "", data }) =>
          events.push({ id: eventId, name: event, data: progressEvent.parse(JSON.parse(data)) }),
      });
      const reader = (response.body ?? new ReadableStream<Uint8Array>())
        .pipeThrough(new TextDecoderStream())
        .getReader();
      for (;;) {
        const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
        if (done || value === undefined) break;
        parser.feed(value);
        for (const event of events.splice(0)) {
          lastEventId = event.id;
          yield event.data;
          if (event.name !== "progress") return;
        }
      }
    }
  }

  async download(url: string): Promise<ReadableStream<Uint8Array>> {
    const response = await fetch(url);
    if (!response.ok || response.body === null) throw new Error(`The file could not be fetched (${response.status}).`);
    return response.body;
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: {
        ...headers,
        ...(this.token === null ? {} : { Authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const problem = problemDocument.safeParse(await response.json().catch(() => null));
    if (!problem.success) throw new Error(`${method} ${path} answered ${response.status}.`);
    throw new Refused(problem.data.code, problem.data.detail);
  }
}
