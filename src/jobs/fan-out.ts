import type { Context } from "../core/context.ts";
import { errorWords } from "../core/error-words.ts";
import { splitSegments } from "../core/videos/parts.ts";
import type { Lease } from "../core/videos/render-lease.ts";
import type { AnswerWanted } from "./answer-wanted.ts";

/** After a room that does not answer. */
const roomRetryMs = 1_000;
const roomFailuresMax = 5;

/**
 * The lead's side of a spread: gives shares of the missing segments to containers of their own, and brings the lead's
 * container what they have made as soon as it is there. Whatever goes wrong, the lead makes it itself.
 */
export class FanOut {
  private readonly context: Context;
  private readonly video: Lease["video"];
  private readonly prepare: () => Promise<void>;
  private readonly answers: () => AnswerWanted;
  private readonly awaited = new Set<string>();
  private isStopped = false;
  private isFollowing = false;

  /** `prepare` ends when everything the parts need is among the artefacts. */
  constructor(context: Context, video: Lease["video"], prepare: () => Promise<void>, answers: () => AnswerWanted) {
    this.context = context;
    this.video = video;
    this.prepare = prepare;
    this.answers = answers;
  }

  stop(): void {
    this.isStopped = true;
  }

  /** Returns the keys of what the lead makes itself, at once. */
  async place(segments: { key: string; frames: number }[]): Promise<string[]> {
    const { deps } = this.context;
    const all = segments.map(({ key }) => key);
    if (deps.renderFanOut === 1) return all;
    const { parts } = splitSegments(segments, this.video.document.fps, deps.renderFanOut);
    try {
      const room = deps.room(this.video.id);
      if (parts.length > 0) await this.prepare();
      // Also without parts: a lead that came back may find some at work that were sent before it.
      const { isNew, open } = await room.planParts(parts);
      const own = all.filter((key) => !open.includes(key));
      for (const key of all) if (open.includes(key)) this.awaited.add(key);
      if (isNew) await this.send(parts.map(({ part }) => part));
      if (this.awaited.size > 0 && !this.isFollowing) void this.follow();
      return own;
    } catch (error) {
      this.log("parts_not_planned", error);
      this.awaited.clear();
      return all;
    }
  }

  private async send(parts: number[]): Promise<void> {
    const { deps } = this.context;
    try {
      await deps.renderQueue.sendParts(parts.map((part) => ({ type: "part", videoId: this.video.id, part })));
    } catch (error) {
      this.log("parts_not_sent", error);
      for (const part of parts) await deps.room(this.video.id).giveUpPart(part);
    }
  }

  private async follow(): Promise<void> {
    this.isFollowing = true;
    let sequence = 0;
    let failures = 0;
    while (!this.isStopped && this.awaited.size > 0) {
      try {
        const news = await this.context.deps.room(this.video.id).awaitParts(sequence);
        failures = 0;
        sequence = news.sequence;
        void this.bring(this.takeAwaited(news.made));
        await this.answers().miss(this.takeAwaited(news.givenUp));
        if (news.isOver) break;
      } catch (error) {
        failures += 1;
        this.log("parts_not_followed", error);
        if (failures === roomFailuresMax) break;
        await new Promise((resolve) => setTimeout(resolve, roomRetryMs));
      }
    }
    this.isFollowing = false;
    if (!this.isStopped) await this.answers().miss(this.takeAwaited([...this.awaited]));
  }

  private async bring(keys: string[]): Promise<void> {
    if (keys.length > 0 && !this.isStopped) await this.answers().supplyMade(keys);
  }

  private takeAwaited(keys: string[]): string[] {
    return keys.filter((key) => this.awaited.delete(key));
  }

  private log(event: string, error: unknown): void {
    if (this.isStopped) return;
    this.context.deps.log.write("warn", event, { videoId: this.video.id, error: errorWords(error) });
  }
}
