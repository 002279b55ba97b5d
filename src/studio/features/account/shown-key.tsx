import type { KeyMade } from "../../../contract/keys.ts";
import { useWords } from "../../app/words.ts";
import { CopyField } from "../../ui/copy-field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Notice } from "../../ui/parts.tsx";

/** Left by its one button alone, so that nobody loses a key by a press beside the dialog. */
export function ShownKey({ made, onClose }: { made: KeyMade; onClose(): void }) {
  const { account } = useWords();
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={account.shownTitle(made.name)}
      stay={null}
      go={account.shownDone}
      onGo={onClose}
    >
      <Notice tone="warn">{made.kind === "secret" ? account.shownSecret : account.shownEmbed}</Notice>
      <CopyField label={account.apiKey} value={made.api_key} isSecret />
    </FormDialog>
  );
}
