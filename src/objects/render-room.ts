import { DurableObject } from "cloudflare:workers";
import type { QueueMessage } from "../contract/queue-messages.ts";
import { isTerminal, videoStatuses } from "../contract/render-events.ts";
import type { PartNews, PartPlan } from "../core/videos/parts.ts";
import type { RoomEvent } from "../core/videos/room-event.ts";
import { RoomParts } from "./room-parts.ts";

/** Older events are dropped: a watcher who comes back needs the newest, not each. */
const keepEvents = 200;
/** Proxies close a stream that is silent for long. */
const keepAliveMs = 15_000;
/** A room nobody needs any more empties itself. */
const emptyAfterMs = 24 * 3_600_000;
const closedNormally = 1000;
/** How long a question after the parts' news waits for some. */
const newsWaitMs = 10_000;

type Watcher = { send(chunk: string): void; end(): void };

type RoomEnv = { PART_QUEUE: Queue };

/**
 * The live side of one video: takes its progress events and hands them to whoever watches, over server-sent events or a
 * WebSocket. A cache: when it is lost, the row in D1 still says how far the video is. It also knows which part of the video
 * is made by whom; when that is lost, the lead makes everything itself.
 */
export class RenderRoom extends DurableObject<RoomEnv> {
  readonly #watchers = new Set<Watcher>();
  readonly #parts: RoomParts;
  readonly #partWaiters = new Set<() => void>();

  constructor(state: DurableObjectState, env: RoomEnv) {
    super(state, env);
    this.#parts = new RoomParts(state.storage.sql);
    state.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS events (sequence INTEGER PRIMARY KEY AUTOINCREMENT, data TEXT NOT NULL) STRICT",
    );
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  async publish(event: RoomEvent): Promise<void> {
    const { sql } = this.ctx.storage;
    const data = this.#forwards(event.data);
    const row = sql.exec("INSERT INTO events (data) VALUES (?) RETURNING sequence", JSON.stringify(data)).one();
    const sequence = Number(row.sequence);
    sql.exec("DELETE FROM events WHERE sequence <= ?", sequence - keepEvents);
    if (sequence === 1) {
      await this.ctx.storage.put(emptyAtKey, Date.now() + emptyAfterMs);
      await this.#armAlarm();
    }

    const stored = { sequence, data };
    for (const watcher of this.#watchers) watcher.send(toEventStream(stored));
    for (const socket of this.ctx.getWebSockets()) sendQuietly(socket, toSocketMessage(stored));
    if (isTerminal(data.status)) this.#close();
  }

  latest(): RoomEvent | null {
    const [row] = this.ctx.storage.sql
      .exec("SELECT sequence, data FROM events ORDER BY sequence DESC LIMIT 1")
      .toArray();
    return row === undefined ? null : toEvent(row);
  }

  /** `snapshot` is told first when there is nothing newer, so that every watcher hears at once where the video stands. */
  stream(afterSequence: number, snapshot: RoomEvent): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    const past = this.#eventsAfter(afterSequence, snapshot);
    const isOver = past.some(isLast);
    let watcher: Watcher | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    const leave = () => {
      clearInterval(timer);
      if (watcher !== undefined) this.#watchers.delete(watcher);
    };
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        const send = (text: string) => {
          try {
            controller.enqueue(encoder.encode(text));
          } catch {
            leave();
          }
        };
        send("retry: 2000\n\n");
        for (const event of past) send(toEventStream(event));
        if (isOver) return controller.close();
        watcher = {
          send,
          end: () => {
            leave();
            controller.close();
          },
        };
        this.#watchers.add(watcher);
        timer = setInterval(() => send(": still here\n\n"), keepAliveMs);
      },
      cancel: leave,
    });
  }

  /** The WebSocket side; the snapshot comes in a header, since an upgrade cannot go through RPC. */
  override fetch(request: Request): Response {
    const snapshot = JSON.parse(decodeURIComponent(request.headers.get(snapshotHeader) ?? "")) as RoomEvent;
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    // The video may have ended after the snapshot was taken.
    const latest = this.latest();
    const past = latest !== null && isLast(latest) ? [latest] : this.#eventsAfter(Number.MAX_SAFE_INTEGER, snapshot);
    for (const event of past) server.send(toSocketMessage(event));
    if (past.some(isLast)) server.close(closedNormally, "the video has ended");
    return new Response(null, { status: 101, webSocket: client });
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  async planParts(parts: PartPlan[]): Promise<{ isNew: boolean; open: string[] }> {
    const latest = this.latest();
    if (latest !== null && isLast(latest)) return { isNew: false, open: [] };
    const planned = this.#parts.plan(parts, Date.now());
    await this.#armAlarm();
    return planned;
  }

  async awaitParts(afterSequence: number): Promise<PartNews> {
    const isNews = ({ sequence, isOver }: PartNews) => isOver || sequence > afterSequence;
    const now = this.#parts.newsAfter(afterSequence);
    if (isNews(now)) return now;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), newsWaitMs);
      const wake = () => {
        clearTimeout(timer);
        this.#partWaiters.delete(wake);
        resolve();
      };
      this.#partWaiters.add(wake);
    });
    return this.#parts.newsAfter(afterSequence);
  }

  async claimPart(part: number, leaseId: string): Promise<string[] | null> {
    const keys = this.#parts.claim(part, leaseId, Date.now());
    await this.#armAlarm();
    return keys;
  }

  /** The alarm is left where it is: it looks again when it rings. */
  renewPart(part: number, leaseId: string): boolean {
    return this.#parts.renew(part, leaseId, Date.now());
  }

  tellMade(part: number, keys: string[]): void {
    this.#parts.made(part, keys);
    this.#wakePartWaiters();
  }

  giveUpPart(part: number): void {
    this.#parts.giveUp(part);
    this.#wakePartWaiters();
  }

  closeParts(): number[] {
    const parts = this.#parts.close();
    this.#wakePartWaiters();
    return parts;
  }

  /** Whoever watches is let go, and nothing of the video is left here. */
  async empty(): Promise<void> {
    this.#close();
    this.#parts.close();
    this.#wakePartWaiters();
    this.ctx.storage.sql.exec("DELETE FROM events");
    await this.ctx.storage.delete(emptyAtKey);
    await this.ctx.storage.deleteAlarm();
  }

  /** Three things wait for it: parts whose consumer has died, parts that nobody has begun, and the room's own end. */
  override async alarm(): Promise<void> {
    const nowMs = Date.now();
    for (const part of this.#parts.rescue(nowMs)) await this.#sendAgain(part);
    this.#wakePartWaiters();
    const emptyAtMs = await this.ctx.storage.get<number>(emptyAtKey);
    if (emptyAtMs !== undefined && emptyAtMs <= nowMs) {
      await this.empty();
    }
    await this.#armAlarm();
  }

  async #sendAgain(part: number): Promise<void> {
    const videoId = this.ctx.id.name;
    try {
      if (videoId === undefined) throw new Error("a room is addressed by its video's id");
      await this.env.PART_QUEUE.send({ type: "part", videoId, part } satisfies QueueMessage);
    } catch {
      // No queue takes it: the lead makes it, as it would without containers to spare.
      this.#parts.giveUp(part);
    }
  }

  /** One alarm an object: it is set for what comes first. */
  async #armAlarm(): Promise<void> {
    const emptyAtMs = await this.ctx.storage.get<number>(emptyAtKey);
    const times = [this.#parts.nextDeadlineMs() ?? undefined, emptyAtMs].filter((time) => time !== undefined);
    if (times.length === 0) return;
    await this.ctx.storage.setAlarm(Math.min(...times));
  }

  #wakePartWaiters(): void {
    for (const wake of [...this.#partWaiters]) wake();
  }

  #close(): void {
    for (const watcher of this.#watchers) watcher.end();
    for (const socket of this.ctx.getWebSockets()) socket.close(closedNormally, "the video has ended");
  }

  /** Neither stage nor percentage goes back: a second try begins with what the row knows, which is less than what was told here. */
  #forwards(data: RoomEvent["data"]): RoomEvent["data"] {
    const told = this.latest()?.data;
    if (told === undefined) return data;
    const isBehind =
      videoStatuses.indexOf(data.status) < videoStatuses.indexOf(told.status) && !isTerminal(told.status);
    const stage = isBehind ? { status: told.status, stage: told.stage, queue_position: null } : {};
    return { ...data, ...stage, progress: Math.max(data.progress, told.progress) };
  }

  #eventsAfter(sequence: number, snapshot: RoomEvent): RoomEvent[] {
    const past = this.ctx.storage.sql
      .exec("SELECT sequence, data FROM events WHERE sequence > ? ORDER BY sequence", sequence)
      .toArray()
      .map(toEvent);
    const isTold = isTerminal(snapshot.data.status) ? past.some(isLast) : past.length > 0;
    if (isTold) return past;
    return [...past, { sequence: this.latest()?.sequence ?? 0, data: this.#forwards(snapshot.data) }];
  }
}

const emptyAtKey = "empty_at_ms";
export const snapshotHeader = "X-Room-Snapshot";

function toEvent(row: Record<string, SqlStorageValue>): RoomEvent {
  return { sequence: Number(row.sequence), data: JSON.parse(String(row.data)) as RoomEvent["data"] };
}

function isLast(event: RoomEvent): boolean {
  return isTerminal(event.data.status);
}

function eventName(event: RoomEvent): string {
  return isLast(event) ? event.data.status : "progress";
}

function toEventStream(event: RoomEvent): string {
  return `id: ${event.sequence}\nevent: ${eventName(event)}\ndata: ${JSON.stringify(event.data)}\n\n`;
}

/** A socket whose peer has just left refuses to send; the others are still there. */
function sendQuietly(socket: WebSocket, message: string): void {
  try {
    socket.send(message);
  } catch {
    socket.close();
  }
}

function toSocketMessage(event: RoomEvent): string {
  return JSON.stringify({ id: event.sequence, event: eventName(event), data: event.data });
}
