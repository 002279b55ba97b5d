/** Everything a host page may set is a custom property of its own name; what it does not set looks like the studio. */
export const look = `
:host{display:block;max-width:40rem;color-scheme:light dark;
--accent:var(--shujaa-accent,light-dark(#b4441c,#e0703f));
--on-accent:var(--shujaa-on-accent,light-dark(#fff,#1f1a17));
--surface:var(--shujaa-surface,light-dark(#fffdfa,#1f1a17));
--ink:var(--shujaa-ink,light-dark(#1f1a17,#f6efe8));
--muted:var(--shujaa-muted,light-dark(#6b5d54,#b9aaa0));
--line:var(--shujaa-line,light-dark(#d9cec4,#4a3f38));
--radius:var(--shujaa-radius,16px);
font:16px/1.5 var(--shujaa-font,system-ui,sans-serif);color:var(--ink)}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box}
.box{padding:24px;border:1px solid var(--line);border-radius:var(--radius);background:var(--surface)}
label{display:block;margin-bottom:8px;font-weight:600;font-size:18px;letter-spacing:-.01em}
textarea{display:block;width:100%;min-height:104px;padding:12px 14px;resize:vertical;border:1px solid var(--line);
border-radius:calc(var(--radius)*.75);background:transparent;color:inherit;font:inherit}
textarea::placeholder{color:var(--muted);opacity:1}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
/* Led there by us, not by Tab: what has come is told, and is what one looks at. */
[tabindex]{outline:none}
.row{display:flex;flex-wrap:wrap;gap:8px;margin-top:16px}
button,a{display:inline-flex;align-items:center;justify-content:center;gap:8px;min-height:48px;padding:0 20px;
border:1px solid var(--line);border-radius:calc(var(--radius)*.75);background:none;color:inherit;
font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.first{border-color:transparent;background:var(--accent);color:var(--on-accent)}
[aria-disabled=true]{opacity:.65;cursor:progress}
.price{font-weight:400}
.price::before{content:"·";margin-right:8px}
.frame,video{display:block;width:min(100%,70vh*var(--ratio));aspect-ratio:var(--ratio);margin:auto;border-radius:calc(var(--radius)*.75)}
.frame{display:flex;flex-direction:column;justify-content:flex-end;padding:24px;background:color-mix(in srgb,var(--line) 40%,transparent)}
video{background:#000}
.stage{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 16px;margin-bottom:12px;font-weight:600}
.stage span:last-child{color:var(--muted);font-weight:400;font-variant-numeric:tabular-nums}
.bar{height:8px;overflow:hidden;border-radius:4px;background:var(--line)}
.bar div{width:100%;height:100%;transform-origin:left;background:var(--accent);transition:transform .6s ease-out}
h2{margin:0 0 16px;font-size:20px;letter-spacing:-.01em}
.message{margin:16px 0 0;padding-left:12px;border-left:3px solid var(--accent)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:30rem){.box,.frame{padding:16px}.row>*{flex:1}}
@media(prefers-reduced-motion:reduce){.bar div{transition:none}}
`;
