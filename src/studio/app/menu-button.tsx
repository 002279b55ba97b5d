import { type ComponentType, useEffect, useRef, useState } from "react";
import type { UserAnswer } from "../../contract/accounts.ts";
import type { UserMenuProps } from "./user-menu.tsx";
import { useWords } from "./words.ts";

/** The menu's code is a third of what the studio weighs: it comes once the page stands, or at the first touch. */
export function MenuButton({ user }: { user: UserAnswer }) {
  const { shell } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  const [isWanted, setWanted] = useState(false);
  const [had, setHad] = useState({ focus: false });
  const [Menu, setMenu] = useState<ComponentType<UserMenuProps> | null>(null);
  const load = async () => {
    // One that does not come is asked for again at the next touch.
    const loaded = await import("./user-menu.tsx").catch(() => null);
    if (loaded === null) return;
    setHad({ focus: document.activeElement === button.current });
    setMenu(() => loaded.UserMenu);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page stands
  useEffect(() => whenIdle(() => void load()), []);
  const initial = initialOf(user);
  if (Menu !== null) return <Menu user={user} initial={initial} isOpenAtFirst={isWanted} hasFocusAtFirst={had.focus} />;
  return (
    <button
      ref={button}
      type="button"
      className="avatar"
      aria-label={shell.menu}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onClick={() => {
        setWanted(true);
        void load();
      }}
    >
      {initial}
    </button>
  );
}

/** Safari knows no idle time. */
function whenIdle(act: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, 1000);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(act);
  return () => cancelIdleCallback(asked);
}

function initialOf({ name, email }: UserAnswer): string {
  return [...(name ?? email)][0]?.toUpperCase() ?? "?";
}
