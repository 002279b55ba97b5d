import type { DemoPage } from "./demo-page.ts";

/** How a page takes the studio in: it writes the tag while one chooses, with the very element beside it. */
export const embedDemo: DemoPage = {
  title: "Videos on your page",
  scripts: ["/embed.js"],
  here: "/embed/demo",
  body: `<header>
<h1>Videos on your page</h1>
<p>One script and one tag: visitors write what their video is about, watch it being made, and play it. It is paid with your account's credits.</p>
</header>
<div class="fields">
<label class="wide">Embed key <input id="key" placeholder="pk_…" autocomplete="off" spellcheck="false"></label>
<label>Language <select id="lang"><option value="en">English</option><option value="sw">Kiswahili</option></select></label>
<label>Shape <select id="aspect"><option>9:16</option><option>16:9</option><option>1:1</option><option>4:5</option></select></label>
<label>Scenes <select id="scenes"><option>3</option><option>1</option><option>5</option><option>8</option></select></label>
<label>Colours <select id="theme"><option value="">the visitor's</option><option>light</option><option>dark</option></select></label>
</div>
<div id="stage"></div>
<h2>Put it on your page</h2>
<pre id="code" tabindex="0" aria-label="The code for your page"></pre>
<h2>The key</h2>
<p>Make an embed key in the studio under Account, or by <code>POST /api/account/api-keys</code>, and name your page's address as one of its origins. To try it here, name this one too: <code id="origin"></code>. An embed key makes videos and follows them, from those pages alone, and nothing else; still, whoever visits them spends your credits.</p>
<h2>Your colours</h2>
<pre tabindex="0" aria-label="An example of your own colours">shujaa-studio {
  --shujaa-accent: #0b6e4f;
  --shujaa-on-accent: #fff;
  --shujaa-surface: #f4fbf8;
  --shujaa-ink: #10231c;
  --shujaa-muted: #52665e;
  --shujaa-line: #cfe3da;
  --shujaa-radius: 6px;
  --shujaa-font: Georgia, serif;
}
shujaa-studio::part(price) { display: none; }</pre>
<p>Parts: <code>box form label prompt button price frame stage progress bar title player download another message</code>.</p>
<h2>What your page hears</h2>
<dl>
<dt>shujaa:accepted</dt><dd>it is ordered and paid: <code>id</code>, <code>credits</code></dd>
<dt>shujaa:progress</dt><dd><code>id</code>, <code>stage</code>, <code>progress</code> from 0 to 100</dd>
<dt>shujaa:done</dt><dd><code>id</code>, <code>video</code> as the API has it, with its links</dd>
<dt>shujaa:failed</dt><dd><code>code</code> (the API's, such as <code>unauthenticated</code> for a key that is not valid and <code>origin_not_allowed</code> for another page's, or <code>connection</code>) and <code>message</code>; <code>id</code>, where there was a video</dd>
</dl>
<output id="heard" aria-label="The last event"></output>
<p>More attributes: <code>resolution voice music captions image-style transition grade draft video-lang prompt placeholder</code>, each as in <a href="/docs">POST /api/videos</a>.</p>`,
  script: `
const at = (id) => document.getElementById(id);
const names = ["key", "lang", "aspect", "scenes", "theme"];
at("origin").textContent = location.origin;
at("key").value = sessionStorage.getItem("demo-key") ?? "";
const element = document.createElement("shujaa-studio");
function show() {
  const values = Object.fromEntries(names.map((name) => [name, at(name).value.trim()]));
  sessionStorage.setItem("demo-key", values.key);
  const attributes = (values.key === "" ? { ...values, key: "pk_…" } : values);
  const text = names.filter((name) => attributes[name] !== "").map((name) => name + '="' + attributes[name].replaceAll('"', "&quot;") + '"').join(" ");
  at("code").textContent = '<script src="' + location.origin + '/embed.js"><' + '/script>\\n<shujaa-studio ' + text + '></shujaa-studio>';
  for (const name of names) {
    if (values[name] === "") element.removeAttribute(name);
    else element.setAttribute(name, values[name]);
  }
}
for (const name of names) at(name).addEventListener("change", show);
for (const name of ["accepted", "progress", "done", "failed"]) {
  document.addEventListener("shujaa:" + name, ({ detail }) => {
    const { video, ...rest } = detail;
    at("heard").textContent = "shujaa:" + name + " " + JSON.stringify(rest);
  });
}
show();
at("stage").append(element);
`,
};
