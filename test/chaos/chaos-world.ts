/** The real product with everything around it that a fault can be done to: its processes, its renderers, their disk, and who pays. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type LocalRenderers, startLocalRenderers } from "../../src/cli/local-renderer.ts";
import { findFreePort } from "../../src/cli/processes.ts";
import { type ServedDaraja, serve as serveDaraja } from "../stand-ins/daraja/serve.ts";
import { type ServedStripe, serve as serveStripe } from "../stand-ins/stripe/serve.ts";
import { darajaKeys, paymentVariables, stripeKeys } from "../support/payment-settings.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";
import type { Journal } from "./journal.ts";
import { Liar } from "./liar.ts";
import { findOwnProcesses, isEncoder, type OwnProcess, signal } from "./own-processes.ts";
import { RendererFront, type Sight } from "./renderer-front.ts";

/** A minute by itself; a hang is caught in seconds here. It still is longer than any step of so small a video takes. */
const stepLimitSeconds = 8;
/** The normal and the priority queue each make one video at a time. */
const rendererCount = 2;
const diskBytes = 64 * 1024 * 1024;
const ballastStepBytes = 1024 * 1024;

const run = promisify(execFile);
const ownPid = process.pid;

export class ChaosWorld {
  readonly stateDir: string;
  readonly journal: Journal;
  readonly port: number;
  readonly fronts: RendererFront[] = [];
  readonly liar = new Liar();
  readonly #watchers = new Set<(sight: Sight, renderer: number) => void>();
  #renderers: LocalRenderers | undefined;
  #rendererLog = "";
  #stripe: ServedStripe | undefined;
  #daraja: ServedDaraja | undefined;
  #product: Product | undefined;
  #logBefore = "";
  #hasOwnDisk = false;
  #isClosed = false;

  private constructor(stateDir: string, port: number, journal: Journal) {
    this.stateDir = stateDir;
    this.port = port;
    this.journal = journal;
  }

  static async open(journal: Journal, seed: number): Promise<ChaosWorld> {
    const stateDir = await mkdtemp(join(tmpdir(), "shujaa-chaos-"));
    const world = new ChaosWorld(stateDir, await findFreePort("127.0.0.1"), journal);
    await mkdir(world.#disk);
    world.#hasOwnDisk = await run("mount", ["-t", "tmpfs", "-o", `size=${diskBytes}`, "tmpfs", world.#disk]).then(
      () => true,
      () => false,
    );
    await world.#openRenderers();
    world.#stripe = await serveStripe({
      port: 0,
      secretKey: stripeKeys.secretKey,
      webhookSecrets: [stripeKeys.webhookSecret],
      webhookUrl: `${world.url}/api/payments/webhook`,
      mode: "automatic",
      seed,
    });
    world.#daraja = await serveDaraja({ port: 0, ...darajaKeys });
    await world.startProduct();
    return world;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A disk of the renderers' own takes the right to mount one. */
  get canFillDisk(): boolean {
    return this.#hasOwnDisk;
  }

  get stripe(): ServedStripe {
    if (this.#stripe === undefined) throw new Error("Stripe is not there yet");
    return this.#stripe;
  }

  get daraja(): ServedDaraja {
    if (this.#daraja === undefined) throw new Error("Daraja is not there yet");
    return this.#daraja;
  }

  async startProduct(): Promise<void> {
    const { stateDir, port } = this;
    const variables = {
      RENDERER_URL: this.fronts.map(({ url }) => url).join(","),
      ...paymentVariables(this.stripe.origin, this.daraja.origin),
    };
    this.#product = await startProduct({ stateDir, port, variables });
  }

  async killProduct(): Promise<void> {
    await this.#product?.kill();
    this.#logBefore += this.#product?.log() ?? "";
  }

  async killWorker(): Promise<void> {
    const workerd = (await findOwnProcesses(this.stateDir)).filter(({ name }) => name === "workerd");
    for (const { pid } of workerd) signal(pid, "SIGKILL");
  }

  async killRenderer(renderer: number): Promise<void> {
    const { process: found, encoders } = await this.#rendererWith(renderer);
    if (found !== undefined) signal(found.pid, "SIGKILL");
    // In its container nothing outlives a renderer; here what cannot hear that it has ended would.
    for (const { pid, isStopped } of encoders) if (isStopped) signal(pid, "SIGCONT");
  }

  async signalRenderer(renderer: number, name: NodeJS.Signals): Promise<void> {
    const { process: found } = await this.#rendererWith(renderer);
    if (found !== undefined) signal(found.pid, name);
  }

  /** The encoders that this renderer has stopped; none, when it runs none. */
  async stopEncoders(renderer: number): Promise<number> {
    const { encoders } = await this.#rendererWith(renderer);
    return encoders.filter(({ pid }) => signal(pid, "SIGSTOP")).length;
  }

  /** Calls back at each sight of a render, until the answer is called. */
  watch(onSight: (sight: Sight, renderer: number) => void): () => void {
    this.#watchers.add(onSight);
    return () => this.#watchers.delete(onSight);
  }

  /** To the last byte, whatever the renderers write meanwhile. */
  async fillDisk(): Promise<void> {
    const ballast = await open(this.#ballast, "w");
    try {
      for (;;) await ballast.write(Buffer.alloc(ballastStepBytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      await ballast.close();
    }
  }

  async emptyDisk(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  rendererLog(): string {
    return this.#rendererLog;
  }

  productLog(): string {
    return this.#logBefore + (this.#product?.log() ?? "");
  }

  /** Ends everything, and says which processes are still there afterwards. Once is enough: a repeat finds nothing. */
  async close(): Promise<OwnProcess[]> {
    if (this.#isClosed) return [];
    this.#isClosed = true;
    await this.#product?.stop();
    this.#renderers?.stop();
    await Promise.all(this.fronts.map((front) => front.close()));
    await this.#stripe?.close();
    await this.#daraja?.close();
    const left = await this.#leftOvers();
    for (const { pid } of left) signal(pid, "SIGKILL");
    if (this.#hasOwnDisk) await run("umount", ["--lazy", this.#disk]);
    await removeState(this.stateDir);
    return left;
  }

  get #disk(): string {
    return join(this.stateDir, "disk");
  }

  get #ballast(): string {
    return join(this.#disk, "ballast");
  }

  async #openRenderers(): Promise<void> {
    this.#renderers = await startLocalRenderers(rendererCount, {
      stateDir: this.#disk,
      variables: { RENDER_STEP_LIMIT_SECONDS: String(stepLimitSeconds) },
      onLine: (line) => {
        this.#rendererLog += `${line}\n`;
      },
    });
    for (const [renderer, url] of this.#renderers.urls.entries()) {
      const tell = (sight: Sight) => {
        for (const watcher of this.#watchers) watcher(sight, renderer);
      };
      this.fronts.push(await RendererFront.open(url, this.liar, tell));
    }
  }

  async #rendererWith(renderer: number): Promise<{ process: OwnProcess | undefined; encoders: OwnProcess[] }> {
    const all = await findOwnProcesses(this.stateDir);
    const port = new URL(this.#renderers?.urls[renderer] ?? "http://none").port;
    // Whatever a renderer starts has its variables, too; only the renderer itself is ours.
    const process = all.find(({ parent, variables }) => parent === ownPid && variables.includes(`PORT=${port}`));
    return { process, encoders: all.filter((one) => isEncoder(one) && one.parent === process?.pid) };
  }

  /** What has been told to end has some seconds for it. */
  async #leftOvers(): Promise<OwnProcess[]> {
    for (const untilMs = Date.now() + 10_000; ; ) {
      const left = await findOwnProcesses(this.stateDir);
      if (left.length === 0 || Date.now() > untilMs) return left;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
