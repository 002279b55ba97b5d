import { problems } from "../../contract/errors.ts";
import { errorsSection } from "./errors-section.ts";
import type { CodeLanguage } from "./highlight.ts";
import { limitsSection } from "./limits-section.ts";
import { codeBlock, type GuideSection, paragraphs, prose, table } from "./prose.ts";

/** The files of examples/, as the tests run them. */
export type Examples = { setUp: string; curl: string; typescript: string; python: string };

export function guideSections(examples: Examples): GuideSection[] {
  return [
    quickStart(examples),
    credentials(),
    idempotency(),
    progress(),
    errorsSection(),
    limitsSection(),
    webhooks(),
    embed(),
  ];
}

function quickStart(examples: Examples): GuideSection {
  const ways: { id: string; name: string; run: string; code: string; language: CodeLanguage }[] = [
    {
      id: "curl",
      name: "curl",
      run: 'bash curl.sh "Chai in the morning" chai.mp4',
      code: examples.curl,
      language: "sh",
    },
    {
      id: "typescript",
      name: "TypeScript",
      run: 'npm install shujaa-studio\nnode make-video.ts "Chai in the morning" chai.mp4',
      code: examples.typescript,
      language: "ts",
    },
    {
      id: "python",
      name: "Python",
      run: 'python3 make_video.py "Chai in the morning" chai.mp4',
      code: examples.python,
      language: "py",
    },
  ];
  const choices = ways.map(
    ({ id, name }, index) =>
      `<label><input type="radio" name="way" value="${id}"${index === 0 ? " checked" : ""}><span>${name}</span></label>`,
  );
  const panels = ways.map(
    ({ id, name, run, code, language }) => `<div class="way" data-way="${id}">
${codeBlock(code, language, `${name}: the program`)}
<p>Run it:</p>
${codeBlock(run, "sh", `${name}: how to run it`)}
</div>`,
  );
  return {
    id: "start",
    title: "Five minutes to a video",
    html: `<ol class="steps">
<li><p><a href="/">Make an account</a>. It comes with 10 credits; a draft of one scene costs 1.</p></li>
<li><p>Make a secret key in the studio under <a href="/account#keys">Account</a>, and name it to your shell. It is shown once.</p>
${codeBlock(examples.setUp, "sh", "The service and the key")}</li>
<li><p>Order a video, follow it, fetch it. This is the whole program:</p>
<fieldset class="ways"><legend>Language</legend>
<div class="choices">${choices.join("")}</div>
${panels.join("\n")}
</fieldset></li>
</ol>
<p>What else a video may be made of (a script, scenes with pictures of yours, a template; other shapes, voices, captions, music) is in the <a href="/docs/reference">reference</a>.</p>`,
  };
}

function credentials(): GuideSection {
  const row = (name: string, looks: string, from: string, use: string) => [name, looks, from, use].map(prose);
  return {
    id: "credentials",
    title: "Credentials",
    html: `${paragraphs("Each call carries one: `Authorization: Bearer …`.")}
${table(
  ["Kind", "Looks like", "Comes from", "Is for"],
  [
    row(
      "Secret key",
      "`sk_live_…`",
      "The studio under Account, or `POST /api/account/api-keys`",
      "Programs of yours, on servers. It does what its maker may do, but never changes the account itself: keys, members, sessions, deletion.",
    ),
    row(
      "Embed key",
      "`pk_…`",
      "The same, with the origins of your pages",
      "Your web pages, from those origins alone. It makes videos and follows them by their ids, and sees nothing else.",
    ),
    row(
      "Access token",
      "a JWT",
      "`POST /api/auth/signup` or `/api/auth/login`",
      "People at work. It is good for a day, or until the session is ended; the refresh cookie renews it at `/api/auth/refresh`.",
    ),
  ],
  "Credentials",
)}
${paragraphs(
  "Rotate a key with `POST /api/account/api-keys/{id}/rotate`: `grace_hours` says how long the old one still works. Links to a video's file, poster, captions and events carry a signature of their own and need no header.",
)}`,
  };
}

function idempotency(): GuideSection {
  return {
    id: "idempotency",
    title: "Once, and only once",
    html: `${paragraphs(
      "Send an `Idempotency-Key` of your own with every call that creates or charges: 1 to 255 visible characters, a new one for each thing you want. The same key with the same body gives the same answer and charges nothing more, whatever the network did in between; with another body it is refused. Answers are kept for 48 hours.",
    )}
${codeBlock(
  `POST /api/videos
Authorization: Bearer sk_live_…
Idempotency-Key: order-4711
Content-Type: application/json

{"prompt": "A farmer in Nakuru sells maize by phone", "scenes": 3, "vertical": true}`,
  "http",
  "An order with its key",
)}
<h3>Trying again</h3>
<ul>
<li>${prose("No answer came: send the same again, with the same key.")}</li>
<li>${prose(`\`${problems.rate_limited.status}\` and \`${problems.service_unavailable.status}\`: nothing was done. Wait \`Retry-After\` seconds, then send the same again.`)}</li>
<li>${prose("`500`: send the same again with the same key, a few times, waiting longer each time.")}</li>
<li>${prose("Anything else is an answer. Mend the request and give it a new key.")}</li>
</ul>
${paragraphs("The TypeScript package does all of this by itself, up to four times.")}`,
  };
}

function progress(): GuideSection {
  return {
    id: "progress",
    title: "Progress",
    html: `${paragraphs(
      "An order answers at once with the video's `id` and its links. From then on, three ways to follow it:",
    )}
<dl class="facts">
<dt>Server-sent events</dt><dd>${prose("`GET /api/videos/{id}/events`, or the link in `urls.events`, which needs no header. Take up a broken stream with `Last-Event-ID`; browsers do it by themselves.")}</dd>
<dt>WebSocket</dt><dd>${prose("`urls.socket`: the same events as messages `{id, event, data}`.")}</dd>
<dt>Asking</dt><dd>${prose("`GET /api/videos/{id}`, every second or two.")}</dd>
</dl>
${codeBlock(
  `id: 12
event: progress
data: {"id":"vid_…","status":"rendering","stage":"rendering","progress":61.5,"queue_position":null,"eta_seconds":9}

id: 19
event: succeeded
data: {"id":"vid_…","status":"succeeded","stage":"succeeded","progress":100,"queue_position":null,"eta_seconds":null}`,
  "http",
  "A stream of events",
)}
${paragraphs(
  "The last event is named after how it ended: `succeeded`, `failed` or `cancelled`. Then `output` of the video has the links: the film, its poster, captions as WebVTT and SRT, and the time of every word. A video is charged when it is ordered and never costs more than its quote; what was not needed comes back, and one that fails or is cancelled gives everything back.",
)}`,
  };
}

function webhooks(): GuideSection {
  return {
    id: "webhooks",
    title: "Webhooks",
    html: paragraphs(
      "The service sends none yet. To learn that a video has ended, keep its event stream open, or ask for it: both cost nothing. The addresses under `/api/payments` that take callbacks are for Stripe and M-Pesa alone.",
    ),
  };
}

function embed(): GuideSection {
  return {
    id: "embed",
    title: "On your own page",
    html: `<p>One script and one tag: visitors write what their video is about, watch it being made and play it, paid with your credits. It takes an embed key, follows your colours, and tells your page what happens. <a href="/embed/demo">Try it and copy it</a>.</p>
${codeBlock(
  `<script src="http://127.0.0.1:8787/embed.js"></script>
<shujaa-studio key="pk_…" lang="en" aspect="9:16"></shujaa-studio>`,
  "html",
  "The script and the tag",
)}`,
  };
}
