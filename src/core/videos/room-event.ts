import type { ProgressEvent } from "../../contract/videos.ts";

/** What a room keeps and sends on. `sequence` is the room's own, from 1; the room gives it. */
export type RoomEvent = { sequence: number; data: ProgressEvent };
