/** Code with its comments and strings marked, as HTML: enough to find one's way, and no library. */
export type CodeLanguage = "sh" | "ts" | "py" | "http" | "html";

const marks: Record<CodeLanguage, RegExp> = {
  sh: /(?<comment>(?<=^|\s)#.*$)|(?<string>"(?:\\.|[^"\\])*"|'[^']*')/gm,
  ts: /(?<comment>\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$)|(?<string>"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)/gm,
  py: /(?<comment>"""[\s\S]*?"""|#.*$)|(?<string>f?"(?:\\.|[^"\\\n])*")/gm,
  http: /(?<comment>^#.*$)|(?<string>"(?:\\.|[^"\\\n])*")/gm,
  html: /(?<comment><!--[\s\S]*?-->)|(?<string>"[^"]*")/gm,
};

export function highlight(code: string, language: CodeLanguage): string {
  let html = "";
  let done = 0;
  for (const found of code.matchAll(marks[language])) {
    const [text] = found;
    const kind = found.groups?.comment === undefined ? "string" : "comment";
    html += `${escapeHtml(code.slice(done, found.index))}<span class="${kind}">${escapeHtml(text)}</span>`;
    done = found.index + text.length;
  }
  return html + escapeHtml(code.slice(done));
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
