/** The ports: everything the core needs from the world, so that no verb knows Cloudflare, the network, the clock or chance. */
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { ImageRequest, MediaFacts, RendererHealth, RenderRequest } from "../contract/container-protocol.ts";
import type { QueueMessage } from "../contract/queue-messages.ts";
import type { RenderEvent, Wanted } from "../contract/render-events.ts";
import type { Language } from "../contract/video.ts";
import type { SignInProviders } from "./accounts/oauth/sign-in-provider.ts";
import type { Ledger } from "./credits/ledger.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { Metrics } from "./metrics.ts";
import type { CardPayments } from "./payments/cards/card-payments.ts";
import type { PhonePayments } from "./payments/phones/phone-payments.ts";
import type { PartNews, PartPlan } from "./videos/parts.ts";
import type { RoomEvent } from "./videos/room-event.ts";

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Randomness {
  bytes(length: number): Uint8Array;
}

export interface Passwords {
  /** A hash string that carries its own parameters. Throws OutsideError, as `verify` does, when too many wait for theirs. */
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (no such account) as for a wrong password. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** It was made at another cost than is used today. */
  needsRehash(hash: string): boolean;
  /** One of the most used passwords in the world. */
  isCommon(password: string): Promise<boolean>;
}

export interface PhoneNumbers {
  /** E.164; a number without a country is read as Kenyan. null: not a possible phone number. */
  normalise(phone: string): string | null;
}

/** What an access token says. */
export type SessionClaims = { userId: string; sessionId: string };
export interface AccessTokens {
  readonly ttlSeconds: number;
  /** The same arguments make the same token; it never outlives `untilMs`. */
  issue(claims: SessionClaims, nowMs: number, untilMs?: number): Promise<string>;
  /** null: not ours, altered, or expired. */
  verify(token: string, nowMs: number): Promise<SessionClaims | null>;
}

/** Links that stand for a credential until they expire: the path is signed, so a link opens that one file and nothing else. */
export interface SignedLinks {
  sign(path: string, expiresAtMs: number): Promise<string>;
  verify(path: string, query: { expires: string; signature: string }, nowMs: number): Promise<boolean>;
}

export interface Digests {
  sha256(text: string): Promise<Uint8Array>;
}

/** Message authentication codes (HMAC-SHA-256, base64url) by keys of our own secret, one a purpose: none opens another's door. */
export interface Macs {
  sign(purpose: MacPurpose, text: string): Promise<string>;
  /** In constant time. */
  verify(purpose: MacPurpose, text: string, mac: string): Promise<boolean>;
}
export type MacPurpose = "signed links" | "refresh tokens" | "sign-in attempts";

export type QueueName = "standard" | "priority";
export interface RenderQueue {
  send(queue: QueueName, message: QueueMessage, delaySeconds?: number): Promise<void>;
  /** Shares of a video, each for a container of its own; they have a queue of their own. */
  sendParts(messages: Extract<QueueMessage, { type: "part" }>[]): Promise<void>;
}

/** What payment providers have told, to be worked on. */
export interface PaymentQueue {
  send(message: Extract<QueueMessage, { type: "provider_event" }>): Promise<void>;
}

/** Letters of the outbox, to be sent. */
export interface MailQueue {
  send(message: Extract<QueueMessage, { type: "mail" }>): Promise<void>;
}

/** Work upon whole accounts: exports, deletions, backups. */
export interface AccountQueue {
  send(message: Extract<QueueMessage, { type: "export" | "deletion" | "backup" }>): Promise<void>;
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

  /**
   * Writes down which part of the video makes which segments. Once only: a lead that comes back finds the plan there is.
   * `open` are the keys that a part is still to make.
   */
  planParts(parts: PartPlan[]): Promise<{ isNew: boolean; open: string[] }>;
  /** What has become of the parts' segments since `afterSequence`; waits a while for the first. */
  awaitParts(afterSequence: number): Promise<PartNews>;
  /** The segments of a part, leased to `leaseId` until it falls silent; null: there is nothing to be made. */
  claimPart(part: number, leaseId: string): Promise<string[] | null>;
  /** false: the part is no longer this lease's to make. */
  renewPart(part: number, leaseId: string): Promise<boolean>;
  /** These segments are stored as artefacts. */
  tellMade(part: number, keys: string[]): Promise<void>;
  /** What a part has not made so far it will not make: the lead does. */
  giveUpPart(part: number): Promise<void>;
  /** The video has ended: no part is leased any more. Returns those that somebody was making. */
  closeParts(): Promise<number[]>;
  /** Lets go of whoever watches, and forgets everything. */
  empty(): Promise<void>;
}

export interface FileStore {
  /** Stores a stream of exactly `size` bytes; throws StorageFailed, also when its SHA-256 (hexadecimal) is another. */
  put(
    key: string,
    body: ReadableStream<Uint8Array>,
    file: { size: number; sha256: string; contentType: string },
  ): Promise<void>;
  /**
   * Stores a stream whose length is not known beforehand, and says what it was; null: it is longer than `maxBytes`, and
   * nothing is kept. Refusals and OutsideErrors of the stream are thrown as they are; one that breaks off is MediaFailed.
   */
  receive(
    key: string,
    body: ReadableStream<Uint8Array>,
    maxBytes: number,
  ): Promise<{ size: number; sha256: string } | null>;
  /** The bytes of an object; null: there is none. */
  open(key: string): Promise<{ body: ReadableStream<Uint8Array>; size: number } | null>;
  /** The answer to a GET or HEAD, with ranges and conditions honoured; null: no such object. */
  respond(key: string, request: Request, headers: Headers): Promise<Response | null>;
  /** What lies under a prefix by its key, at most 1000 a page; `cursor` is the one of the page before, null after the last. */
  list(
    prefix: string,
    cursor: string | null,
  ): Promise<{ files: { key: string; size: number }[]; cursor: string | null }>;
  delete(keys: string[]): Promise<void>;
  deleteAll(prefix: string): Promise<void>;
  /** Throws when the store does not answer. */
  probe(): Promise<void>;
}

/** A file of an archive; its body is read when its turn comes, and to its end. */
export type ArchiveEntry = {
  name: string;
  body: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  modifiedAtMs: number;
};

export interface Archives {
  /** The bytes of a ZIP, made while they are read: never more of it in memory than a piece. */
  zip(entries: AsyncIterable<ArchiveEntry>): ReadableStream<Uint8Array>;
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

/** A file or an address that cannot be used; the message is for whoever sent it. Sending the same again is of no use. */
export class MediaRefused extends OutsideError {
  constructor(words: string) {
    super(words, false);
    this.name = "MediaRefused";
  }
}

/** An address that could not be fetched this time; the message is for whoever sent it. */
export class MediaFailed extends OutsideError {
  constructor(words: string, cause?: unknown) {
    super(words, true, cause);
    this.name = "MediaFailed";
  }
}

/** `size` is null when the other side does not say; `contentType` is what it says, in lower case and without parameters. */
export type FetchedMedia = { body: ReadableStream<Uint8Array>; size: number | null; contentType: string };

export interface MediaFetcher {
  /**
   * The file behind a public address, at most `mediaMaxBytes` of it, within a minute. Throws MediaRefused for an address
   * that is not public, or that answers with something else than media, and MediaFailed; reading the body throws them too.
   */
  open(url: string): Promise<FetchedMedia>;
}

/** A renderer, spoken to by the protocol in contract/container-protocol.ts. Every method throws OutsideError. */
export interface Renderer {
  health(): Promise<RendererHealth>;
  /** Starts the render or attaches to it; ends after `done`, `part_done` or `failed`. */
  run(renderId: string, request: RenderRequest, signal: AbortSignal): AsyncIterable<RenderEvent>;
  /** Hands over the bytes of something the render wanted. */
  supply(
    renderId: string,
    key: string,
    body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
    about: { contentType: string; provider?: string | undefined },
  ): Promise<void>;
  /** Says what of the wanted is not to be had. */
  miss(renderId: string, keys: string[]): Promise<void>;
  /** The bytes of something the render made. */
  artefact(renderId: string, key: string): Promise<ReadableStream<Uint8Array>>;
  file(renderId: string, name: string): Promise<ReadableStream<Uint8Array>>;
  /** Stops the render, if it runs, and deletes its files. */
  discard(renderId: string): Promise<void>;
  /** What a file of `size` bytes is. Throws MediaRefused for one that cannot be used. */
  probe(body: ReadableStream<Uint8Array>, size: number): Promise<MediaFacts>;
  /** A JPEG, drawn. */
  draw(request: ImageRequest): Promise<ReadableStream<Uint8Array>>;
}

/** What a model made; `provider` names the model. */
export type ModelAnswer = { bytes: Uint8Array<ArrayBuffer>; contentType: string; provider: string };
type Ask<Type extends Wanted["type"], Field extends string> = Pick<
  Extract<Wanted, { type: Type }>,
  Field & keyof Extract<Wanted, { type: Type }>
>;

/** Models that write, speak and paint, where some are set up. Every call ends within a minute, or throws OutsideError. */
export interface Models {
  readonly hasScripts: boolean;
  readonly hasPictures: boolean;
  hasVoice(language: Language): boolean;
  /** JSON of the contract's `writtenScript`, with as many scenes as were asked for. */
  script(ask: Ask<"script", "prompt" | "sceneCount" | "language">): Promise<ModelAnswer>;
  /** An audio file. */
  voice(ask: Ask<"voice", "text" | "language" | "name">): Promise<ModelAnswer>;
  /** An image. */
  picture(ask: Ask<"picture", "prompt" | "style" | "aspect">): Promise<ModelAnswer>;
}

export interface Log {
  /** One line; never secrets, bodies or whole errors from outside. */
  write(level: "info" | "warn" | "error", event: string, fields: Record<string, unknown>): void;
}

export type Deps = {
  readonly version: string;
  /** false on a developer's machine and in tests: answers carry the links that mails would. */
  readonly isProduction: boolean;
  /** Renders that run at once, over all containers. */
  readonly renderParallelism: number;
  /** Containers that one video's segments may be spread over; 1: never more than one. */
  readonly renderFanOut: number;
  readonly db: DrizzleD1Database;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly passwords: Passwords;
  readonly phoneNumbers: PhoneNumbers;
  readonly accessTokens: AccessTokens;
  readonly signedLinks: SignedLinks;
  readonly digests: Digests;
  readonly macs: Macs;
  readonly renderQueue: RenderQueue;
  readonly backlog: Backlog;
  readonly paymentQueue: PaymentQueue;
  readonly mailQueue: MailQueue;
  readonly mailer: Mailer;
  readonly accountQueue: AccountQueue;
  /** null: Stripe is not set up here. */
  readonly cards: CardPayments | null;
  /** null: M-Pesa is not set up here. */
  readonly phones: PhonePayments | null;
  /** null: nobody signs in by this one here. */
  readonly signInProviders: SignInProviders;
  /** Where the world reaches this service, without a slash at the end; null: where each request came to. */
  readonly publicUrl: string | null;
  /** Normalised addresses of those who operate the service. */
  readonly adminEmails: ReadonlySet<string>;
  /** Pages of ours on other origins, which may call with credentials; exact, as browsers send them. */
  readonly corsOrigins: ReadonlySet<string>;
  readonly files: FileStore;
  readonly archives: Archives;
  readonly renderer: Renderer;
  readonly mediaFetcher: MediaFetcher;
  readonly models: Models;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ledger: (tenantId: string) => Ledger;
  readonly room: (videoId: string) => RenderRoom;
};
