import { DurableObject } from "cloudflare:workers";
import { isTerminal } from "../contract/render-events.ts";
import type { RoomEvent } from "../core/videos/room-event.ts";

/** Older events are dropped: a watcher who comes back needs the newest, not each. */
const keepEvents = 200;
/** Proxies close a stream that is silent for long. */
const keepAliveMs = 15_000;
/** A room nobody needs any more empties itself. */
const emptyAfterMs = 24 * 3_600_000;
const closedNormally = 1000;

type Watcher = { send(chunk: string): void; end(): void };

/**
 * The live side of one video: takes its progress events and hands them to whoever watches, over server-sent events or a
 * WebSocket. A cache: when it is lost, the row in D1 still says how far the video is.
 */
export class RenderRoom extends DurableObject<object> {
  readonly #watchers = new Set<Watcher>();

  constructor(state: DurableObjectState, env: object) {
    super(state, env);
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
    if (sequence === 1) await this.ctx.storage.setAlarm(Date.now() + emptyAfterMs);

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

  override alarm(): void {
    this.#close();
    this.ctx.storage.sql.exec("DELETE FROM events");
  }

  #close(): void {
    for (const watcher of this.#watchers) watcher.end();
    for (const socket of this.ctx.getWebSockets()) socket.close(closedNormally, "the video has ended");
  }

  /** The percentage never goes back: a second try begins with what the row knows, which is less than what was told here. */
  #forwards(data: RoomEvent["data"]): RoomEvent["data"] {
    return { ...data, progress: Math.max(data.progress, this.latest()?.data.progress ?? 0) };
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
