/** Every call, to read and to try: a component of others', in this product's colours, light and dark. */
import { html, raw } from "hono/html";
import type { Digests } from "../core/deps.ts";
import { topBar, topStyle } from "./brand.ts";

const style = `${topStyle}
*{box-sizing:border-box}
body{display:grid;grid-template-rows:auto minmax(0,1fr);height:100vh;height:100dvh;margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
.top{max-width:none}
rapi-doc{width:100%;height:100%;min-height:0}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

/** The component takes its colours from attributes, and on a phone shows all calls in one page, since it has no list there. */
const script = `{
const reference = document.querySelector("rapi-doc");
const isDark = matchMedia("(prefers-color-scheme: dark)");
const isNarrow = matchMedia("(max-width: 768px)");
const colours = {
  light: { "bg-color": "#fffdfa", "text-color": "#1f1a17", "primary-color": "#b4441c", "nav-bg-color": "#f7f1ea", "nav-text-color": "#3d332d", "nav-hover-bg-color": "#efe5db", "nav-hover-text-color": "#1f1a17", "nav-accent-color": "#b4441c" },
  dark: { "bg-color": "#171210", "text-color": "#f6efe8", "primary-color": "#e8794a", "nav-bg-color": "#1f1916", "nav-text-color": "#d8cbc1", "nav-hover-bg-color": "#3a302a", "nav-hover-text-color": "#f6efe8", "nav-accent-color": "#e8794a" },
};
const suit = () => {
  const theme = isDark.matches ? "dark" : "light";
  const wanted = { ...colours[theme], theme, "render-style": isNarrow.matches ? "view" : "focused" };
  for (const [name, value] of Object.entries(wanted)) reference.setAttribute(name, value);
};
suit();
for (const query of [isDark, isNarrow]) query.addEventListener("change", suit);
}`;

/** The component sets style attributes and makes regular expressions at run time; it may talk to this service alone. */
export async function referencePolicy(digests: Digests): Promise<string> {
  const digest = btoa(String.fromCharCode(...(await digests.sha256(script))));
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${digest}' 'unsafe-eval'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export function referencePage() {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference · Shujaa Studio</title>
<link rel="icon" href="/assets/studio/mark.svg" type="image/svg+xml">
<style>${raw(style)}</style>
<script type="module" src="/assets/api-reference.js"></script>
</head>
<body>
${topBar("/docs/reference")}
<noscript>This page needs JavaScript. The same as a document: <a href="/openapi.json">/openapi.json</a>. The <a href="/docs">guide</a> needs none.</noscript>
<rapi-doc
  spec-url="/openapi.json"
  show-header="false"
  allow-spec-url-load="false"
  allow-spec-file-load="false"
  allow-server-selection="false"
  load-fonts="false"
  regular-font="system-ui, sans-serif"
  mono-font="ui-monospace, monospace"
  schema-style="table"
  default-schema-tab="example"
  persist-auth="true"
></rapi-doc>
<script>${raw(script)}</script>
</body>
</html>`;
}
