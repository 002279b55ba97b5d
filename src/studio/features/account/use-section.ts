import { useSyncExternalStore } from "react";

function subscribeHash(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  window.addEventListener("popstate", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
    window.removeEventListener("popstate", listener);
  };
}

/** The part of the page that the address names; empty: none. */
export function useHash(): string {
  return useSyncExternalStore(subscribeHash, () => window.location.hash.slice(1));
}

/** As account.css has it: below this, one part at a time. */
const narrow = window.matchMedia("(max-width: 820px)");

function subscribeNarrow(listener: () => void): () => void {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribeNarrow, () => narrow.matches);
}
