/** Markup that is safe to put into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | null | readonly Markup[];

/** Everything put into it is escaped, unless it is markup itself. */
export function html(pieces: TemplateStringsArray, ...parts: Part[]): Markup {
  const texts = pieces.map((piece, index) => piece + (index < parts.length ? textOf(parts[index] ?? null) : ""));
  return new Markup(texts.join(""));
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(part).replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#dfe3ea, #343a46); --soft: light-dark(#5b6472, #9aa4b4); --card: light-dark(#fff, #1c2029); --back: light-dark(#f5f6f9, #12151b); --strong: #5b4bdb; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
main.narrow { max-width: 30rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem; margin: 1rem 0; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .4rem .8rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }
th { border: 0; color: var(--soft); font-weight: 500; }
code { font-size: .8rem; color: var(--soft); overflow-wrap: anywhere; }
form { display: inline; } button, .button { font: inherit; padding: .3rem .7rem; margin: .1rem .2rem .1rem 0; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; cursor: pointer; text-decoration: none; display: inline-block; }
button.strong { background: var(--strong); border-color: var(--strong); color: #fff; width: 100%; padding: .7rem; margin-bottom: .5rem; }
input, select { font: inherit; padding: .3rem .5rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; }
.note { border-left: 4px solid var(--strong); padding: .6rem 1rem; background: var(--card); }
.amount { font-size: 2rem; font-weight: 600; margin: .2rem 0; } .soft { color: var(--soft); }
.state { display: inline-block; padding: 0 .5rem; border-radius: 99px; border: 1px solid var(--line); font-size: .85rem; }
`;

export function pageOf(title: string, body: Markup, width: "wide" | "narrow" = "wide"): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Markup(style)}</style></head>
<body><main class="${width}">${body}</main></body></html>`.text;
}

/** A form of one button; its fields are hidden, or asked for with `inputs`. */
export function button(
  action: string,
  words: string,
  fields: Record<string, string | number>,
  inputs?: Markup,
): Markup {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}">${hidden}${inputs ?? null}<button>${words}</button></form>`;
}

export function money(amount: number, currency: string): string {
  return `${(amount / 100).toFixed(2)} ${currency.toUpperCase()}`;
}

export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}
