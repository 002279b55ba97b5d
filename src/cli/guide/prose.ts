import { type CodeLanguage, escapeHtml, highlight } from "./highlight.ts";

/** Words with `code` in them, as HTML. */
export function prose(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

export function paragraphs(...texts: string[]): string {
  return texts.map((text) => `<p>${prose(text)}</p>`).join("\n");
}

/** Too wide for a phone it is moved sideways, with the keyboard too. */
export function codeBlock(code: string, language: CodeLanguage, label: string): string {
  return `<pre tabindex="0" role="region" aria-label="${escapeHtml(label)}"><code>${highlight(code.trim(), language)}</code></pre>`;
}

/** Cells are HTML. The first column heads its rows. */
export function table(heads: string[], rows: string[][], label: string): string {
  const body = rows.map(
    ([first = "", ...rest]) =>
      `<tr><th scope="row">${first}</th>${rest.map((cell, index) => `<td data-head="${escapeHtml(heads[index + 1] ?? "")}">${cell}</td>`).join("")}</tr>`,
  );
  return `<div class="table" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><table>
<thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>`;
}

export type GuideSection = { id: string; title: string; html: string };
