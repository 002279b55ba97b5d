/** The ports: everything the core needs from the world, so that no verb knows Cloudflare, the network, the clock or chance. */
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { RendererHealth, RenderRequest } from "../contract/container-protocol.ts";
import type { QueueMessage } from "../contract/queue-messages.ts";
import type { RenderEvent } from "../contract/render-events.ts";
import type { Ledger } from "./credits/ledger.ts";
import type { RoomEvent } from "./videos/room-event.ts";

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Randomness {
  bytes(length: number): Uint8Array;
}

export interface Passwords {
  /** A hash string that carries its own parameters. */
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (no such account) as for a wrong password. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** One of the most used passwords in the world. */
  isCommon(password: string): Promise<boolean>;
}

export interface PhoneNumbers {
  /** E.164; a number without a country is read as Kenyan. null: not a possible phone number. */
  normalise(phone: string): string | null;
}

export type AccessClaims = { userId: string; sessionId: string };
export interface AccessTokens {
  readonly ttlSeconds: number;
  issue(claims: AccessClaims, nowMs: number): Promise<string>;
  /** null: not ours, altered, or expired. */
  verify(token: string, nowMs: number): Promise<AccessClaims | null>;
}

/** Links that stand for a credential until they expire: the path is signed, so a link opens that one file and nothing else. */
export interface SignedLinks {
  sign(path: string, expiresAtMs: number): Promise<string>;
  verify(path: string, query: { expires: string; signature: string }, nowMs: number): Promise<boolean>;
}

export interface Digests {
  sha256(text: string): Promise<Uint8Array>;
}

export type QueueName = "standard" | "priority";
export interface RenderQueue {
  send(queue: QueueName, message: QueueMessage, delaySeconds?: number): Promise<void>;
}

export interface Backlog {
  /** Whether so many videos wait that a new one is better refused; may be a second old. */
  isFull(): Promise<boolean>;
}

/** The live side of one video: a cache of its progress events, safe to lose. */
export interface RenderRoom {
  publish(event: RoomEvent): Promise<void>;
  /** The newest event, or null when the room has none. */
  latest(): Promise<RoomEvent | null>;
  /** `text/event-stream` bytes: the events after `afterSequence`, then those to come; ends after a terminal one. */
  stream(afterSequence: number, snapshot: RoomEvent): Promise<ReadableStream<Uint8Array>>;
  /** Hands the request's WebSocket upgrade to the room. */
  connect(request: Request, snapshot: RoomEvent): Promise<Response>;
}

export interface FileStore {
  /** Stores a stream of exactly `size` bytes; throws StorageFailed, also when its SHA-256 (hexadecimal) is another. */
  put(
    key: string,
    body: ReadableStream<Uint8Array>,
    file: { size: number; sha256: string; contentType: string },
  ): Promise<void>;
  /** The answer to a GET or HEAD, with ranges and conditions honoured; null: no such object. */
  respond(key: string, request: Request, headers: Headers): Promise<Response | null>;
  deleteAll(prefix: string): Promise<void>;
  /** Throws when the store does not answer. */
  probe(): Promise<void>;
}

/** Weather: the world did not do what was asked. `isRetryable` says whether asking again makes sense. */
export class OutsideError extends Error {
  readonly isRetryable: boolean;
  constructor(message: string, isRetryable: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = "OutsideError";
    this.isRetryable = isRetryable;
  }
}

/** The file store did not take a file: it does not answer, or the bytes are not what they were said to be. */
export class StorageFailed extends OutsideError {
  constructor(cause: unknown) {
    super("the file store did not take the file", true, cause);
  }
}

/** Every slot of the renderer is taken: no attempt was made, so none is spent. */
export class RendererBusy extends OutsideError {
  constructor() {
    super("the renderer is busy", true);
    this.name = "RendererBusy";
  }
}

/** A renderer, spoken to by the protocol in contract/container-protocol.ts. Every method throws OutsideError. */
export interface Renderer {
  health(): Promise<RendererHealth>;
  /** Starts the render or attaches to it; ends after `done` or `failed`. */
  run(videoId: string, request: RenderRequest, signal: AbortSignal): AsyncIterable<RenderEvent>;
  file(videoId: string, name: string): Promise<ReadableStream<Uint8Array>>;
  /** Stops the render, if it runs, and deletes its files. */
  discard(videoId: string): Promise<void>;
}

export interface Log {
  /** One line; never secrets, bodies or whole errors from outside. */
  write(level: "info" | "warn" | "error", event: string, fields: Record<string, unknown>): void;
}

export type Deps = {
  readonly version: string;
  /** Renders that run at once, over all containers. */
  readonly renderParallelism: number;
  readonly db: DrizzleD1Database;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly passwords: Passwords;
  readonly phoneNumbers: PhoneNumbers;
  readonly accessTokens: AccessTokens;
  readonly signedLinks: SignedLinks;
  readonly digests: Digests;
  readonly renderQueue: RenderQueue;
  readonly backlog: Backlog;
  readonly files: FileStore;
  readonly renderer: Renderer;
  readonly log: Log;
  readonly ledger: (tenantId: string) => Ledger;
  readonly room: (videoId: string) => RenderRoom;
};
