import type { RenderFailure, Wanted } from "../contract/render-events.ts";
import { type KeptArtefact, keepModelAnswer } from "../core/artefacts/keep-artefacts.ts";
import { openArtefact, useArtefacts } from "../core/artefacts/use-artefacts.ts";
import { openAsset } from "../core/assets/open-asset.ts";
import type { Context } from "../core/context.ts";
import { MediaFailed, MediaRefused, type ModelAnswer } from "../core/deps.ts";
import { errorWords } from "../core/error-words.ts";
import type { Render } from "./keep-made.ts";
import { Slots } from "./slots.ts";

const answersAtOnce = 4;
/** They wait for minutes at worst, and must not keep the others waiting. */
const modelsAtOnce = 4;
/** After a renderer that could not be told: what nobody answers it waits for, a segment for as long as somebody is attached. */
const tellAgainMs = [500, 2_000];

type Segment = { key: string; frames: number };
type MediaWanted = Extract<Wanted, { type: "media" }>;
type ModelWanted = Extract<Wanted, { type: "script" | "voice" | "picture" }>;

export type WantedHooks = {
  /** Segments that nobody has made before; returns those that the render is to make itself, now. */
  onSegmentsMissing(segments: Segment[]): Promise<string[]>;
  /** A file of the caller's is not to be had: the video cannot be made. */
  onMediaLost(failure: RenderFailure): void;
  /** The renderer waits for what it cannot be told that it is missing: who attaches anew is asked for it again. */
  onUntold(): void;
};

/**
 * Answers what a render asks for, beside the stream of its events: every key is supplied or called missing, whatever goes
 * wrong on the way. A part asks no model: what the lead's video is made of it finds among the artefacts, or does without
 * as the lead did, so that both make the same.
 */
export class AnswerWanted {
  private readonly context: Context;
  private readonly render: Render & { isPart: boolean };
  private readonly hooks: WantedHooks;
  private readonly slots = new Slots(answersAtOnce);
  private readonly modelSlots = new Slots(modelsAtOnce);
  private isStopped = false;

  constructor(context: Context, render: Render & { isPart: boolean }, hooks: WantedHooks) {
    this.context = context;
    this.render = render;
    this.hooks = hooks;
  }

  take(items: Wanted[]): void {
    void this.answerAll(items);
  }

  stop(): void {
    this.isStopped = true;
  }

  /** Supplies what has been made meanwhile; what is not there after all is missing. */
  async supplyMade(keys: string[]): Promise<void> {
    const found = await this.findKept(keys);
    await this.miss(keys.filter((key) => !found.has(key)));
    await Promise.all(Array.from(found.values(), (row) => this.answer(row.key, () => this.supplyKept(row))));
  }

  async miss(keys: string[]): Promise<void> {
    if (keys.length === 0) return;
    for (const pauseMs of [...tellAgainMs, null]) {
      if (this.isStopped) return;
      try {
        await this.context.deps.renderer.miss(this.render.renderId, keys);
        return;
      } catch (error) {
        this.log("missing_not_told", { count: keys.length, error: errorWords(error) });
        if (pauseMs !== null) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    if (!this.isStopped) this.hooks.onUntold();
  }

  private async answerAll(items: Wanted[]): Promise<void> {
    const found = await this.findKept(items.filter(({ type }) => type !== "media").map(({ key }) => key));
    const missing: string[] = [];
    const segments: Segment[] = [];
    for (const item of items) {
      const row = found.get(item.key);
      if (row !== undefined) void this.answer(item.key, () => this.supplyKept(row));
      else if (item.type === "media") void this.answer(item.key, () => this.supplyMedia(item));
      else if (item.type === "artefact") {
        if (item.kind === "segment") segments.push({ key: item.key, frames: item.frames ?? 1 });
        else missing.push(item.key);
      } else if (this.render.isPart) missing.push(item.key);
      else void this.answer(item.key, () => this.supplyModel(item), this.modelSlots);
    }
    await this.miss(missing);
    if (segments.length === 0) return;
    await this.miss(await this.hooks.onSegmentsMissing(segments));
  }

  /** One key: errors are told to nobody but the log and the renderer. */
  private async answer(key: string, supply: () => Promise<boolean>, slots = this.slots): Promise<void> {
    let isSupplied = false;
    try {
      isSupplied = await slots.run(async () => this.isStopped || (await supply()));
    } catch (error) {
      this.log("not_supplied", { key, error: errorWords(error) });
    }
    if (!isSupplied) await this.miss([key]);
  }

  private async findKept(keys: string[]): Promise<Map<string, KeptArtefact>> {
    try {
      return await useArtefacts(this.context, { ...this.render, keys });
    } catch (error) {
      this.log("artefacts_not_read", { count: keys.length, error: errorWords(error) });
      return new Map();
    }
  }

  private async supplyKept(row: KeptArtefact): Promise<boolean> {
    const body = await openArtefact(this.context, row);
    if (body === null) return false;
    const { contentType, provider } = row;
    await this.send(row.key, body, { contentType, provider: provider ?? undefined });
    return true;
  }

  private async supplyModel(item: ModelWanted): Promise<boolean> {
    const answer = await this.ask(item);
    try {
      await keepModelAnswer(this.context, this.render, { key: item.key, kind: item.type }, answer);
    } catch (error) {
      this.log("model_answer_not_kept", { key: item.key, error: errorWords(error) });
    }
    await this.send(item.key, answer.bytes, answer);
    return true;
  }

  private ask(item: ModelWanted): Promise<ModelAnswer> {
    const { models } = this.context.deps;
    if (item.type === "script") return models.script(item);
    return item.type === "voice" ? models.voice(item) : models.picture(item);
  }

  private async supplyMedia(item: MediaWanted): Promise<boolean> {
    let broken: unknown;
    try {
      const opened = await this.openMedia(item);
      const body = watchErrors(opened.body, (error) => {
        broken = error;
      });
      await this.send(item.key, body, opened);
      return true;
    } catch (error) {
      const cause = broken ?? error;
      if (!(cause instanceof MediaFailed || cause instanceof MediaRefused)) throw error;
      this.hooks.onMediaLost(toFailure(item, cause));
      return false;
    }
  }

  private async openMedia({ media }: MediaWanted): Promise<{ body: ReadableStream<Uint8Array>; contentType: string }> {
    const { deps } = this.context;
    if ("url" in media) return deps.mediaFetcher.open(media.url);
    const asset = await openAsset(deps, this.render.tenantId, media.asset);
    if (asset === null) throw new MediaRefused("The uploaded file is no longer there.");
    return asset;
  }

  private async send(
    key: string,
    body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
    about: { contentType: string; provider?: string | undefined },
  ): Promise<void> {
    const { contentType, provider } = about;
    await this.context.deps.renderer.supply(this.render.renderId, key, body, { contentType, provider });
  }

  private log(event: string, fields: Record<string, unknown>): void {
    if (this.isStopped) return;
    this.context.deps.log.write("warn", event, { renderId: this.render.renderId, ...fields });
  }
}

function toFailure(item: MediaWanted, error: MediaFailed | MediaRefused): RenderFailure {
  const what = item.use === "picture" ? "picture" : item.use;
  const place = item.scene === undefined ? `The ${what}` : `The ${what} of scene ${item.scene + 1}`;
  const isRetryable = error instanceof MediaFailed;
  const next = isRetryable ? "You were not charged; try again." : "You were not charged; choose another file.";
  return {
    code: isRetryable ? "media_failed" : "media_refused",
    detail: `${place} could not be used: ${error.message} ${next}`,
    ...(item.scene === undefined ? {} : { scene: item.scene }),
    isRetryable,
  };
}

/** The same bytes; an error of the source is told, since whoever carries them away makes another of it. */
function watchErrors(body: ReadableStream<Uint8Array>, onError: (error: unknown) => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        onError(error);
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
