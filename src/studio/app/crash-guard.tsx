import { Component, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/parts.tsx";
import { useWords } from "./words.ts";

/** A page that breaks, or whose code is not there any more after a deploy, does not take the others with it. */
export class CrashGuard extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    return this.state.hasCrashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { shell } = useWords();
  return (
    <EmptyState
      title={shell.crashTitle}
      text={shell.crash}
      action={
        <Button kind="main" onClick={() => window.location.reload()}>
          {shell.reload}
        </Button>
      }
    />
  );
}
