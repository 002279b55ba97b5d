import type { Digests } from "../core/deps.ts";

/**
 * For a page that runs no script and loads nothing: its own style alone, known by its digest, and the empty icon that keeps a
 * browser from asking for one. `forms`: where its forms may go.
 */
export async function pagePolicy(
  digests: Digests,
  style: string,
  forms: "'none'" | "'self'" = "'none'",
): Promise<string> {
  const hash = btoa(String.fromCharCode(...(await digests.sha256(style))));
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action ${forms}; frame-ancestors 'none'; img-src data:`;
}
