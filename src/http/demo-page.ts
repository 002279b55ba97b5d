import { html, raw } from "hono/html";
import type { Digests } from "../core/deps.ts";
import { topBar, topStyle } from "./brand.ts";

/** A page of ours that shows how others use the service: its own style and script, known by their digests, and nothing from elsewhere. */
export type DemoPage = {
  title: string;
  /** HTML. */
  body: string;
  script: string;
  /** Files of ours that it loads before its own script. */
  scripts: readonly string[];
  /** Among the pages for developers; null: none of them. */
  here: "/embed/demo" | null;
};

const style = `${topStyle}
@font-face{font-family:"Bricolage Grotesque";src:url(/assets/studio/bricolage-grotesque-700.woff2) format("woff2");font-weight:700;font-display:swap}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:48px 24px 80px}
main>*{max-width:60rem}
main header p{max-width:38rem;margin:0;color:var(--muted)}
h1,h2{font-family:"Bricolage Grotesque",system-ui,sans-serif}
h1{margin:0 0 8px;font-size:clamp(30px,5vw,44px);line-height:1.1;letter-spacing:-.02em}
h2{margin:48px 0 12px;font-size:22px;letter-spacing:-.01em}
a{color:var(--accent)}
code,pre{font:14px/1.6 ui-monospace,monospace}
pre{overflow:auto;overflow-wrap:anywhere;white-space:pre-wrap;margin:0;padding:16px 20px;border:1px solid var(--line);border-radius:12px;background:var(--tint)}
.fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,40%),1fr));gap:16px;margin:32px 0}
.two{max-width:44rem;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr))}
.wide{grid-column:1/-1}
label{display:block;font-size:15px;font-weight:600}
input,select{display:block;width:100%;min-height:48px;margin-top:6px;padding:0 14px;border:1px solid var(--line);border-radius:12px;background:transparent;color:inherit;font:inherit;font-weight:400}
option{background:var(--paper)}
button{min-height:48px;padding:0 20px;border:0;border-radius:12px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}
button.quiet{border:1px solid var(--line);background:none;color:inherit}
button:disabled{opacity:.6;cursor:progress}
.row{display:flex;flex-wrap:wrap;gap:8px}
:is(a,button,input,select,pre):focus-visible{outline:3px solid var(--accent);outline-offset:2px}
video{display:block;width:100%;max-width:22rem;margin-top:16px;border-radius:12px;background:#000}
output{display:block;min-height:28px;margin-top:16px}
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 24px;margin:0}
dt{font:14px/1.7 ui-monospace,monospace}
dd{margin:0;color:var(--muted)}
@media(max-width:34rem){main{padding:32px 16px 64px}dl{grid-template-columns:1fr}dd{margin-bottom:8px}}
`;

export async function demoPolicy(digests: Digests, script: string): Promise<string> {
  const hashOf = async (text: string) => btoa(String.fromCharCode(...(await digests.sha256(text))));
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${await hashOf(script)}'`,
    `style-src 'sha256-${await hashOf(style)}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export function demoPage({ title, body, script, scripts, here }: DemoPage) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Shujaa Studio</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
${scripts.map((path) => html`<script src="${path}"></script>`)}
</head>
<body>
${topBar(here)}
<main>
${raw(body)}
</main>
<script>${raw(script)}</script>
</body>
</html>`;
}
