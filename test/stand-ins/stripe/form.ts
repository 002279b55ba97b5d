/** Stripe's bracket syntax: `items[0][price]=…&metadata[order]=…`. */
export type Tree = { [name: string]: Branch };
type Branch = string | Branch[] | Tree;

export function parseForm(text: string): Tree {
  const tree: Tree = {};
  for (const [key, value] of new URLSearchParams(text)) plant(tree, pathOf(key), value);
  return ripen(tree) as Tree;
}

function pathOf(key: string): string[] {
  const [, name = key, rest = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key) ?? [];
  return [name, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, part = ""]) => part)];
}

function plant(tree: Tree, path: string[], value: string): void {
  let branch = tree;
  for (const [index, part] of path.entries()) {
    const name = part === "" ? String(Object.keys(branch).length) : part;
    if (index === path.length - 1) {
      branch[name] = value;
      return;
    }
    const next = branch[name];
    const grown: Tree = typeof next === "object" && !Array.isArray(next) ? next : {};
    branch[name] = grown;
    branch = grown;
  }
}

/** What is numbered from 0 is a list; metadata alone may have such keys and be none. */
function ripen(branch: Branch, name = ""): Branch {
  if (typeof branch === "string" || Array.isArray(branch)) return branch;
  const ripe = Object.entries(branch).map(([key, value]) => [key, ripen(value, key)] as const);
  const isList = name !== "metadata" && ripe.length > 0 && ripe.every(([key], index) => key === String(index));
  return isList ? ripe.map(([, value]) => value) : Object.fromEntries(ripe);
}

/** `a[b][0]`, as Stripe names a parameter. */
export function nameOf(path: readonly PropertyKey[]): string {
  const [first = "", ...rest] = path.map(String);
  return `${first}${rest.map((part) => `[${part}]`).join("")}`;
}
