import type { Artefact } from "../contract/render-events.ts";
import { type KeptArtefact, storeArtefact, writeArtefacts } from "../core/artefacts/keep-artefacts.ts";
import type { Context } from "../core/context.ts";
import { errorWords } from "../core/error-words.ts";
import { Slots } from "./slots.ts";

/** What is carried at once: the render's own stream and its supplies need connections too. */
const carriedAtOnce = 2;

export type Render = { renderId: string; tenantId: string; videoId: string };

/**
 * Keeps what a render makes for the next one that wants the same, beside the stream of its events. What could not be kept is
 * made again another time: that is written down and nothing more.
 */
export class KeepMade {
  private readonly context: Context;
  private readonly render: Render;
  private readonly onKept: (keys: string[]) => Promise<void>;
  private readonly slots = new Slots(carriedAtOnce);
  private readonly running = new Set<Promise<void>>();
  private unwritten: KeptArtefact[] = [];
  private writing: Promise<void> | null = null;
  private gate: PromiseWithResolvers<void> | null = null;
  private isStopped = false;

  constructor(context: Context, render: Render, onKept: (keys: string[]) => Promise<void> = async () => undefined) {
    this.context = context;
    this.render = render;
    this.onKept = onKept;
  }

  take(artefact: Artefact): void {
    const work = this.slots.run(() => this.carry(artefact));
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  /** Until `resume` nothing new is begun: the finished video's files come first. */
  pause(): void {
    this.gate ??= Promise.withResolvers();
  }

  resume(): void {
    this.gate?.resolve();
    this.gate = null;
  }

  /** Begins nothing more. */
  stop(): void {
    this.isStopped = true;
    this.resume();
  }

  /** When all that was taken so far is kept, or could not be. */
  async settled(): Promise<void> {
    this.resume();
    await Promise.all([...this.running]);
  }

  private async carry(artefact: Artefact): Promise<void> {
    await this.gate?.promise;
    if (this.isStopped) return;
    const { context, render } = this;
    try {
      const body = await context.deps.renderer.artefact(render.renderId, artefact.key);
      this.unwritten.push(await storeArtefact(context, render, artefact, body));
      await this.write();
    } catch (error) {
      const { key, kind } = artefact;
      const { renderId } = render;
      context.deps.log.write("warn", "artefact_not_kept", { renderId, key, kind, error: errorWords(error) });
    }
  }

  /** Rows that come while others are written are written together after them. */
  private async write(): Promise<void> {
    while (this.writing !== null) await this.writing.catch(() => undefined);
    const rows = this.unwritten.splice(0);
    if (rows.length === 0) return;
    this.writing = this.writeRows(rows);
    try {
      await this.writing;
    } finally {
      this.writing = null;
    }
  }

  private async writeRows(rows: KeptArtefact[]): Promise<void> {
    await writeArtefacts(this.context, rows);
    await this.onKept(rows.map(({ key }) => key));
  }
}
