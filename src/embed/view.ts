import type { ProgressEvent } from "../contract/videos.ts";
import type { FinishedVideo } from "../sdk/make-video.ts";
import { look } from "./look.ts";
import type { Words } from "./words.ts";

/** `parts` are what a host page styles by `::part`. */
function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export type View = ReturnType<typeof createView>;

/** What is seen: one of a form, a progress bar and a player, with a message below where there is one. */
export function createView(
  root: ShadowRoot,
  on: { submit: (prompt: string) => void; input: () => void; restart: () => void },
) {
  const label = make("label", { for: "prompt", part: "label" });
  const prompt = make("textarea", {
    id: "prompt",
    part: "prompt",
    maxlength: "2000",
    rows: "3",
    "aria-describedby": "message",
  });
  const verb = make("span");
  const price = make("span", { class: "price", part: "price", hidden: "" });
  const button = make("button", { class: "first", part: "button" }, verb, price);
  const form = make("form", { part: "form" }, label, prompt, make("div", { class: "row" }, button));

  const stage = make("span");
  const more = make("span");
  const filled = make("div", { part: "bar" });
  const bar = make(
    "div",
    { class: "bar", part: "progress", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" },
    filled,
  );
  // As large as the player that comes in its place, so that the page does not jump.
  const frame = make(
    "div",
    { class: "frame", part: "frame" },
    make("div", { class: "stage", part: "stage" }, stage, more),
    bar,
  );
  const working = make("div", { tabindex: "-1" }, frame);

  const title = make("h2", { tabindex: "-1", part: "title" });
  const screen = make("div");
  const download = make("a", { class: "first", part: "button download" });
  const another = make("button", { type: "button", part: "button another" });
  const result = make("div", {}, title, screen, make("div", { class: "row" }, download, another));

  const message = make("p", { class: "message", part: "message", id: "message", role: "alert", hidden: "" });
  // Told to those who listen: each stage once, not each percent.
  const heard = make("p", { class: "unseen", role: "status" });

  for (const one of [form, working, result]) one.hidden = true;

  const style = new CSSStyleSheet();
  style.replaceSync(look);
  root.adoptedStyleSheets = [style];
  const box = make("div", { class: "box", part: "box" }, form, working, result, message);
  root.replaceChildren(box, heard);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    on.submit(prompt.value.trim());
  });
  prompt.addEventListener("input", on.input);
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  another.addEventListener("click", on.restart);

  let words: Words;
  /** Whoever was in the part that goes is led to the one that comes. */
  function show(part: HTMLElement, start: HTMLElement): void {
    if (!part.hidden) return;
    const hadFocus = root.activeElement !== null;
    for (const one of [form, working, result]) one.hidden = one !== part;
    if (hadFocus) start.focus();
  }
  function say(text: string): void {
    message.textContent = text;
    message.hidden = text === "";
  }

  return {
    prompt,
    speak(spoken: Words, placeholder: string | null): void {
      words = spoken;
      label.textContent = words.label;
      prompt.placeholder = placeholder ?? words.placeholder;
      verb.textContent = words.make;
      bar.setAttribute("aria-label", words.progress);
      title.textContent = words.done;
      download.textContent = words.download;
      another.textContent = words.another;
    },
    showPrice(credits: number | null): void {
      price.hidden = credits === null;
      if (credits !== null) price.textContent = words.price(credits);
    },
    say,
    /** Of the video to come, as POST /api/videos has it. */
    setAspect(aspect: string): void {
      const [width = 16, height = 9] = aspect.split(":").map(Number);
      box.style.setProperty("--ratio", String(width / height || 16 / 9));
    },
    showForm({ isBusy = false } = {}): void {
      show(form, prompt);
      button.setAttribute("aria-disabled", String(isBusy));
      verb.textContent = isBusy ? words.sending : words.make;
      if (isBusy) say("");
    },
    showProgress({
      stage: at,
      progress,
      queue_position: place,
      eta_seconds: eta,
    }: Omit<ProgressEvent, "id" | "status">): void {
      show(working, working);
      const name = words.stages[at as keyof Words["stages"]] ?? "";
      if (name !== stage.textContent) heard.textContent = name;
      stage.textContent = name;
      const facts = [`${Math.round(progress)}\u00a0%`];
      if (place !== null) facts.unshift(words.place(place));
      else if (eta !== null && eta > 0) facts.unshift(words.left(eta));
      more.textContent = facts.join(" · ");
      filled.style.transform = `scaleX(${progress / 100})`;
      bar.setAttribute("aria-valuenow", String(Math.round(progress)));
    },
    showVideo({ title: name, output, options }: FinishedVideo): void {
      const track = make("track", {
        kind: "captions",
        src: output.captions_vtt_url,
        srclang: options.lang,
        label: words.captions,
      });
      const player = make(
        "video",
        {
          part: "player",
          controls: "",
          playsinline: "",
          preload: "metadata",
          crossorigin: "anonymous",
          poster: output.poster_url,
        },
        track,
      );
      player.setAttribute("aria-label", `${words.player}: ${name}`);
      box.style.setProperty("--ratio", String(output.width / output.height));
      player.src = output.url;
      screen.replaceChildren(player);
      download.href = output.url;
      download.download = `${name}.${output.format}`;
      heard.textContent = words.done;
      show(result, title);
    },
  };
}
