import { escapeHtml } from "./highlight.ts";
import type { GuideSection } from "./prose.ts";

/** A page without a script: whatever can be chosen is chosen by its style. */
export function guidePage(sections: readonly GuideSection[]): string {
  const contents = sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`).join("\n");
  const body = sections.map(
    ({ id, title, html }) => `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeHtml(title)}</h2>
${html}
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="How to make videos with Shujaa Studio's API.">
<meta name="color-scheme" content="light dark">
<title>The API · Shujaa Studio</title>
<link rel="icon" href="/assets/studio/mark.svg" type="image/svg+xml">
<link rel="preload" href="/assets/studio/bricolage-grotesque-700.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/assets/guide.css">
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header class="top">
<a class="brand" href="/"><img src="/assets/studio/mark.svg" alt="" width="32" height="32"> Shujaa Studio</a>
<nav aria-label="Pages"><a href="/docs" aria-current="page">Guide</a><a href="/docs/reference">Reference</a><a href="/embed/demo">Embed</a></nav>
</header>
<div class="columns">
<nav class="contents" aria-label="On this page">
<ol>
${contents}
</ol>
</nav>
<main id="text" tabindex="-1">
<header class="head">
<h1>A prompt in, a&nbsp;video out</h1>
<p class="lead">One call orders a narrated, captioned video; a second follows it; a third fetches the file. Here is all you need to know, in the order you will need it.</p>
<p class="doors"><a class="door" href="/docs/reference">Every call, to read and to try</a><a class="door quiet" href="/openapi.json">OpenAPI 3.1</a></p>
</header>
${body.join("\n")}
</main>
</div>
</body>
</html>
`;
}
