/** It travels in a cookie, of which browsers keep 4096 bytes, with each of its signs escaped twice. */
const longest = 500;

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop some of them, and see another address
const misleading = /[\u0000-\u0020\u007f\\]|\/\//;

/** A path of our own to come back to. What a browser could read as another place (`//`, `/\`, a scheme) becomes `/`. */
export function returnPath(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith("/") || misleading.test(wanted)) return "/";
  const { pathname, search, hash } = new URL(wanted, "https://here.invalid");
  const path = `${pathname}${search}${hash}`;
  return path.startsWith("//") || path.length > longest ? "/" : path;
}
