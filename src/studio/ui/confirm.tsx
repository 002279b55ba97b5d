import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Button } from "./button.tsx";

type Props = {
  isOpen: boolean;
  onClose(): void;
  title: string;
  text: string;
  error?: string | undefined;
  stay: string;
  go: string;
  isBusy: boolean;
  onGo(): void;
};

/** Asks before what cannot be undone. */
export function Confirm({ isOpen, onClose, title, text, error, stay, go, isBusy, onGo }: Props) {
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="veil" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description className="soft">{text}</AlertDialog.Description>
          {error !== undefined && (
            <p className="notice notice-bad" role="alert">
              {error}
            </p>
          )}
          <div className="dialog-actions">
            <Button onClick={onClose}>{stay}</Button>
            <Button kind="danger" isBusy={isBusy} onClick={onGo}>
              {go}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
