import { Dialog } from "@base-ui/react/dialog";
import type { FormEvent, ReactNode } from "react";
import { Button } from "./button.tsx";
import { Notice } from "./parts.tsx";

type Props = {
  isOpen: boolean;
  onClose(): void;
  title: string;
  text?: ReactNode;
  error?: string | undefined;
  /** Leaves without doing anything; null: there is only the one way on. */
  stay: string | null;
  go: string;
  kind?: "main" | "danger";
  isBusy?: boolean;
  onGo(): void;
  children?: ReactNode;
};

/** A few questions over the page, and one act. */
export function FormDialog(props: Props) {
  const { isOpen, onClose, title, text, error, stay, go, kind = "main", isBusy = false, onGo, children } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog lies within a form of the page where React is concerned, if not in the document.
    event.stopPropagation();
    if (!isBusy) onGo();
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>{title}</Dialog.Title>
          {text !== undefined && (
            <Dialog.Description render={<div />} className="soft">
              {text}
            </Dialog.Description>
          )}
          <form className="stack" noValidate onSubmit={submit}>
            {children}
            {error !== undefined && <Notice tone="bad">{error}</Notice>}
            <div className="dialog-actions">
              {stay !== null && <Button onClick={onClose}>{stay}</Button>}
              <Button kind={kind} type="submit" isBusy={isBusy}>
                {go}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
