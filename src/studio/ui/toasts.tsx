import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useWords } from "../app/words.ts";
import { IconButton } from "./icon-button.tsx";

type Toast = { id: number; text: string };

const shownMs = 6_000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function drop(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** A word in passing, of what was done; what is wrong is said where it is wrong. */
export function showToast(text: string): void {
  lastId += 1;
  const id = lastId;
  change([...toasts.slice(-2), { id, text }]);
  setTimeout(() => drop(id), shownMs);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const { shell } = useWords();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section className="toasts" aria-label={shell.notices} aria-live="polite">
      {shown.map(({ id, text }) => (
        <div key={id} className="toast">
          <span>{text}</span>
          <IconButton label={shell.close} icon={<X size={18} />} onClick={() => drop(id)} />
        </div>
      ))}
    </section>
  );
}
