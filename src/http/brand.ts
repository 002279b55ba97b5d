/** What the pages that load nothing have in common with the studio: its sign and its colours. */
import { html } from "hono/html";

/** The colours of the pages for developers, and their head, as the guide has it. */
export const topStyle = `
:root{color-scheme:light dark;--paper:light-dark(#fffdfa,#171210);--ink:light-dark(#1f1a17,#f6efe8);--muted:light-dark(#5f534b,#bcada3);
--line:light-dark(#e6dcd2,#3d332d);--tint:light-dark(#f7f1ea,#241d19);--accent:light-dark(#b4441c,#e8794a);--on-accent:light-dark(#fff,#1c0f08)}
.edge{border-bottom:1px solid var(--line)}
.top{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 24px;max-width:70rem;min-height:64px;margin:0 auto;padding:4px 24px}
.top a{display:flex;align-items:center;min-height:44px;color:var(--ink);font-weight:600;text-decoration:none}
.top .home{gap:12px;font-weight:700}
.top nav{display:flex;gap:20px}
.top nav a{border-bottom:2px solid transparent;font-size:15px;color:var(--muted)}
.top nav a:is(:hover,[aria-current]){border-color:var(--accent);color:var(--ink)}
@media(max-width:34rem){.top{padding-inline:16px}}
`;

const topPages = { "/docs": "Guide", "/docs/reference": "Reference", "/embed/demo": "Embed" };

export function topBar(here: keyof typeof topPages | null) {
  const links = Object.entries(topPages).map(([path, name]) =>
    path === here ? html`<a href="${path}" aria-current="page">${name}</a>` : html`<a href="${path}">${name}</a>`,
  );
  return html`<div class="edge"><header class="top"><a class="home" href="/"><img src="/assets/studio/mark.svg" alt="" width="32" height="32">Shujaa Studio</a><nav aria-label="Pages">${links}</nav></header></div>`;
}

/** The sun coming up, twice over, and the name. */
export const brand = html`<p class="brand"><svg viewBox="0 0 32 32" width="36" height="36" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#b4441c"/><path d="M5.5 22.5a10.5 10.5 0 0 1 21 0M10.2 22.5a5.8 5.8 0 0 1 11.6 0" fill="none" stroke="#fffdfa" stroke-width="2.6" stroke-linecap="round"/><circle cx="16" cy="22.2" r="1.9" fill="#fffdfa"/></svg>Shujaa Studio</p>`;

/** One card in the middle of a page, in light and in dark. No at-rule: that these pages name no address is tested by its sign. */
export const cardStyle = `
:root{color-scheme:light dark;--paper:light-dark(#f7f1ea,#171210);--raised:light-dark(#fff,#241d19);--ink:light-dark(#1f1a17,#f6efe8);--soft:light-dark(#5f534b,#bcada3);--line:light-dark(#e7ddd3,#3a302a);--edge:light-dark(#8d7f75,#8f8077);--accent:light-dark(#b4441c,#e8794a);--on-accent:light-dark(#fffdfa,#1c0f08);--bad:light-dark(#a3241a,#ff9d8e)}
*{box-sizing:border-box}
body{margin:0;display:grid;place-items:center;min-height:100vh;min-height:100dvh;padding:24px 16px;background:var(--paper);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{width:100%;max-width:30rem;padding:clamp(20px,6vw,32px);background:var(--raised);border:1px solid var(--line);border-radius:16px}
.brand{display:flex;align-items:center;gap:12px;margin:0 0 28px;font-weight:700}
h1{font-size:1.625rem;line-height:1.2;letter-spacing:-.015em;margin:0 0 12px;overflow-wrap:anywhere;text-wrap:balance}
p{margin:0 0 20px}
main>:last-child{margin-bottom:0}
small{color:var(--soft)}
code{overflow-wrap:anywhere}
.flaw{color:var(--bad);font-weight:600}
label{display:block;font-size:.9375rem;font-weight:600;margin-bottom:6px}
input[type=password]{display:block;width:100%;min-height:48px;margin-bottom:20px;padding:11px 14px;border:1px solid var(--edge);border-radius:10px;background:transparent;color:inherit;font:inherit}
button,.onward{display:block;width:100%;min-height:48px;padding:11px 18px;border:0;border-radius:12px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
:is(button,a,input):focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;
