/**
 * `<script src="https://studio.example/embed.js"></script>` and `<shujaa-studio key="pk_…"></shujaa-studio>`: videos made on any
 * page. No cookies: what it keeps is the id of the visitor's last video, in the tab's own storage, so that a reload loses nothing.
 */
import type { z } from "zod";
import type { createVideoBody, VideoAnswer } from "../contract/videos.ts";
import { ShujaaError } from "../sdk/errors.ts";
import { createVideo, getVideo, quoteVideo } from "../sdk/operations/videos.ts";
import { createTransport, type Transport } from "../sdk/transport.ts";
import { troubleOf } from "./problem-words.ts";
import { createView, type View } from "./view.ts";
import { watchVideo } from "./watch-video.ts";
import { videoLanguageOf, type Words, wordsOf } from "./words.ts";

type CreateVideo = z.input<typeof createVideoBody>;

/** Attributes that are options of POST /api/videos by another spelling. */
const options = ["aspect", "resolution", "voice", "music", "captions", "image-style", "transition", "grade"] as const;

const scriptUrl = (document.currentScript as HTMLScriptElement | null)?.src ?? "";
const ownService = scriptUrl === "" ? location.origin : new URL(scriptUrl).origin;

class ShujaaStudio extends HTMLElement {
  static readonly observedAttributes = [
    "key",
    "lang",
    "placeholder",
    "service",
    "scenes",
    "draft",
    "video-lang",
    ...options,
  ];

  private view: View | null = null;
  private watch: { stop(): void } | null = null;
  private isBusy = false;
  private hasPrice = false;
  /** Kept until the order is through, so that trying again never makes two videos. */
  private orderKey: string | null = null;
  private orderPrompt = "";

  connectedCallback(): void {
    this.view ??= createView(this.shadowRoot ?? this.attachShadow({ mode: "open" }), {
      submit: (prompt) => void this.order(prompt),
      input: () => void this.readPrice(),
      restart: () => this.restart(),
    });
    this.setUp(this.view);
    this.view.prompt.value ||= this.getAttribute("prompt") ?? "";
    this.view.showForm();
    if (this.key === "") {
      this.view.say(this.words.problems.noKey);
      return;
    }
    if (this.view.prompt.value !== "") void this.readPrice();
    void this.takeUp();
  }

  disconnectedCallback(): void {
    this.watch?.stop();
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.view === null || before === after) return;
    this.setUp(this.view);
    this.orderKey = null;
    this.view.say(this.key === "" ? this.words.problems.noKey : "");
    this.hasPrice = false;
    if (this.key !== "" && this.view.prompt.value !== "") void this.readPrice();
  }

  private setUp(view: View): void {
    view.speak(this.words, this.getAttribute("placeholder"));
    view.setAspect(this.getAttribute("aspect") ?? "16:9");
  }

  private get key(): string {
    return this.getAttribute("key") ?? "";
  }
  private get language(): string {
    return this.closest("[lang]")?.getAttribute("lang") ?? "en";
  }
  private get words(): Words {
    return wordsOf(this.language);
  }
  private get service(): string {
    return (this.getAttribute("service") ?? ownService).replace(/\/$/, "");
  }
  private get transport(): Transport {
    return createTransport({ baseUrl: this.service, credential: this.key, triesMax: 3 });
  }

  private body(prompt: string): CreateVideo {
    const body: Record<string, unknown> = {
      prompt,
      lang: this.getAttribute("video-lang") ?? videoLanguageOf(this.language),
    };
    for (const name of options) {
      const value = this.getAttribute(name);
      if (value !== null) body[name.replace("-", "_")] = value;
    }
    if (this.hasAttribute("scenes")) body.scenes = Number(this.getAttribute("scenes"));
    if (this.hasAttribute("draft")) body.draft = true;
    return body as CreateVideo;
  }

  /** Asked for once: it depends on how many scenes there are, not on what is in them. */
  private async readPrice(): Promise<void> {
    const prompt = this.view?.prompt.value.trim() ?? "";
    if (this.hasPrice || prompt === "") return;
    this.hasPrice = true;
    try {
      const { credits } = await this.transport.call(quoteVideo, this.body(prompt));
      this.view?.showPrice(credits);
    } catch (error) {
      this.hasPrice = false;
      this.refuse(error);
    }
  }

  private async order(prompt: string): Promise<void> {
    const { view } = this;
    if (view === null || this.isBusy) return;
    if (prompt === "") {
      view.say(this.words.empty);
      return view.prompt.focus();
    }
    if (this.orderKey === null || this.orderPrompt !== prompt) this.orderKey = crypto.randomUUID();
    this.orderPrompt = prompt;
    this.isBusy = true;
    view.showForm({ isBusy: true });
    try {
      const accepted = await this.transport.call(createVideo, this.body(prompt), { idempotencyKey: this.orderKey });
      this.orderKey = null;
      this.remember(accepted.id);
      this.tell("accepted", { id: accepted.id, credits: accepted.credits_used });
      this.follow(accepted.id, accepted.urls.events);
    } catch (error) {
      // What was refused was not done, and would be refused again under its key; what got no answer may have been done.
      if (error instanceof ShujaaError) this.orderKey = null;
      this.refuse(error);
    } finally {
      this.isBusy = false;
    }
  }

  private follow(id: string, eventsUrl: string): void {
    this.view?.showProgress({ stage: "queued", progress: 0, queue_position: null, eta_seconds: null });
    this.watch?.stop();
    this.watch = watchVideo(
      this.transport,
      { id, eventsUrl },
      {
        progress: (event) => {
          this.view?.showProgress(event);
          this.tell("progress", { id, stage: event.stage, progress: event.progress });
        },
        end: () => void this.finish(id),
        fail: (error) => this.refuse(error),
      },
    );
  }

  private async finish(id: string): Promise<void> {
    try {
      this.showEnd(await this.transport.call(getVideo, { id }));
    } catch (error) {
      this.refuse(error);
    }
  }

  private showEnd(video: VideoAnswer): void {
    const { output } = video;
    if (output !== undefined) {
      this.view?.showVideo({ ...video, output });
      this.tell("done", { id: video.id, video });
      return;
    }
    this.remember(null);
    this.view?.showForm();
    this.view?.say(this.words.problems.failed);
    this.tell("failed", { id: video.id, code: video.error?.code ?? "cancelled", message: this.words.problems.failed });
  }

  private refuse(error: unknown): void {
    const trouble = troubleOf(error, this.words);
    this.view?.showForm();
    this.view?.say(trouble.message);
    this.tell("failed", trouble);
  }

  private restart(): void {
    this.remember(null);
    this.view?.say("");
    this.view?.showForm();
    this.view?.prompt.focus();
  }

  /** The video that was being made, or was shown, when the page was left. */
  private async takeUp(): Promise<void> {
    const id = this.remembered();
    if (id === null) return;
    try {
      const video = await this.transport.call(getVideo, { id });
      if (video.finished_at !== null) this.showEnd(video);
      else this.follow(id, video.urls.events);
    } catch {
      // It is gone, or the key is another one: the form is there for a new one.
      this.remember(null);
    }
  }

  private get shelf(): string {
    return `shujaa:${this.key}`;
  }
  private remember(id: string | null): void {
    try {
      if (id === null) sessionStorage.removeItem(this.shelf);
      else sessionStorage.setItem(this.shelf, id);
    } catch {
      // A browser may keep pages from storing anything: then a reload begins anew.
    }
  }
  private remembered(): string | null {
    try {
      return sessionStorage.getItem(this.shelf);
    } catch {
      return null;
    }
  }

  private tell(what: "accepted" | "progress" | "done" | "failed", detail: object): void {
    this.dispatchEvent(new CustomEvent(`shujaa:${what}`, { detail, bubbles: true, composed: true }));
  }
}

if (customElements.get("shujaa-studio") === undefined) customElements.define("shujaa-studio", ShujaaStudio);
