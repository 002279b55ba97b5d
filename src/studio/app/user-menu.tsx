import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { UserAnswer } from "../../contract/accounts.ts";
import { TenantItems } from "../features/account/tenant-items.tsx";
import type { Language } from "./language.ts";
import { changePreferences, type Theme, usePreferences } from "./preferences.ts";
import { signOut } from "./session.ts";
import { speak, useWords } from "./words.ts";

const themes: readonly Theme[] = ["system", "light", "dark"];
const languages: readonly Language[] = ["en", "sw"];

export type UserMenuProps = { user: UserAnswer; initial: string; isOpenAtFirst: boolean; hasFocusAtFirst: boolean };

export function UserMenu({ user, initial, isOpenAtFirst, hasFocusAtFirst }: UserMenuProps) {
  const { shell } = useWords();
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // It stands where the button stood that somebody was on.
    if (hasFocusAtFirst && !isOpenAtFirst) trigger.current?.focus();
  }, [hasFocusAtFirst, isOpenAtFirst]);
  return (
    <Menu.Root defaultOpen={isOpenAtFirst}>
      <Menu.Trigger ref={trigger} className="avatar" aria-label={shell.menu}>
        {initial}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={8} className="menu-place">
          <Menu.Popup className="menu">
            <div className="menu-head">
              {user.name !== null && <strong>{user.name}</strong>}
              <span className="small soft">{user.email}</span>
            </div>
            <TenantItems />
            <Menu.Item className="menu-item" render={<Link href="/account">{shell.account}</Link>} />
            {user.role === "admin" && (
              <Menu.Item className="menu-item" render={<Link href="/admin">{shell.admin}</Link>} />
            )}
            <Menu.Separator className="menu-rule" />
            <PreferenceItems />
            <Menu.Separator className="menu-rule" />
            <Menu.Item className="menu-item" render={<a href="/docs">{shell.docs}</a>} />
            <Menu.Item className="menu-item" onClick={() => void signOut()}>
              {shell.signOut}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function PreferenceItems() {
  const { shell } = useWords();
  const { theme, language } = usePreferences();
  return (
    <>
      <Menu.RadioGroup value={language} onValueChange={(chosen: Language) => void speak(chosen)}>
        <Menu.GroupLabel className="menu-label">{shell.language}</Menu.GroupLabel>
        {languages.map((one) => (
          <RadioItem key={one} value={one} words={shell.languages[one]} />
        ))}
      </Menu.RadioGroup>
      <Menu.RadioGroup value={theme} onValueChange={(chosen: Theme) => changePreferences({ theme: chosen })}>
        <Menu.GroupLabel className="menu-label">{shell.theme}</Menu.GroupLabel>
        {themes.map((one) => (
          <RadioItem key={one} value={one} words={shell.themes[one]} />
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function RadioItem({ value, words }: { value: string; words: string }) {
  return (
    <Menu.RadioItem className="menu-item" value={value} closeOnClick={false}>
      {words}
      <Menu.RadioItemIndicator>
        <Check size={18} aria-hidden />
      </Menu.RadioItemIndicator>
    </Menu.RadioItem>
  );
}
