export type Contents = { files: { name: string; size: number; what: string }[]; missing: string[] };

/** The page that an export is opened with: to be read without a network, and without a script. */
export function exportIndex(
  { files, missing }: Contents,
  about: { exportId: string; tenantId: string; madeAtMs: number },
): string {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const rows = files.map(
    ({ name, what, size }) =>
      `<tr><td><a href="${linkTo(name)}">${escaped(name)}</a></td><td>${escaped(what)}</td><td>${inUnits(size)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Your data at Shujaa Studio</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid #ccc; padding: 0.3rem 0.5rem; text-align: left; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>Your data at Shujaa Studio</h1>
<p>Made on ${new Date(about.madeAtMs).toISOString()} for the account ${escaped(about.tenantId)} (export ${escaped(about.exportId)}).
${files.length} files, ${inUnits(total)} in all.</p>
<h2>What is inside</h2>
<ul>
<li><b>data</b>: the records of the account, one file a kind, as JSON. <b>data/you</b>: those about whoever asked for this export.
Times are given as text and in milliseconds since 1970. Hashes of passwords, keys and links are left out: they open nothing for you.</li>
<li><b>ledger</b>: every movement of credits. Each entry carries the SHA-256 of itself and of the one before it.</li>
<li><b>audit</b>: what was changed, by whom, from which address.</li>
<li><b>files</b>: your videos with captions and posters, your images, and what you uploaded.</li>
</ul>
${missingWords(missing)}<h2>All files</h2>
<table>
<thead><tr><th>File</th><th>What it is</th><th>Size</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</body>
</html>
`;
}

function missingWords(missing: readonly string[]): string {
  if (missing.length === 0) return "";
  const items = missing.map((name) => `<li>${escaped(name)}</li>`).join("\n");
  return `<h2>Not found</h2>\n<p>These files should be here, and our store did not have them:</p>\n<ul>\n${items}\n</ul>\n`;
}

function linkTo(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}

function inUnits(size: number): string {
  if (size < 1000) return `${size} bytes`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
