import { Menu } from "@base-ui/react/menu";
import { MoreHorizontal } from "lucide-react";

type Item = { words: string; onChoose(): void };

/** What can be done with a row. */
export function RowMenu({ label, items }: { label: string; items: readonly Item[] }) {
  if (items.length === 0) return null;
  return (
    <Menu.Root>
      <Menu.Trigger className="icon-button" aria-label={label} title={label}>
        <MoreHorizontal size={20} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="menu-place">
          <Menu.Popup className="menu">
            {items.map(({ words, onChoose }) => (
              <Menu.Item key={words} className="menu-item" onClick={onChoose}>
                {words}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
