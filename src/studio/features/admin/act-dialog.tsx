import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { ShujaaError } from "../../../sdk/errors.ts";
import type { CallOptions } from "../../../sdk/transport.ts";
import { type Flaw, fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { TextArea } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminKey } from "./queries.ts";

type Props = {
  title: string;
  text?: ReactNode;
  go: string;
  isDangerous?: boolean;
  /** `note`: of a payment that was looked at. */
  reasonField?: "reason" | "note";
  reasonHint?: string;
  onClose(): void;
  /** Does it, and says in words what was done. */
  act(reason: string, options: CallOptions): Promise<string>;
  children?(errors: readonly Flaw[]): ReactNode;
};

/** Every act of an operator: what it does, a reason for the log, and afterwards what was done. */
export function ActDialog(props: Props) {
  const { title, text, go, isDangerous = false, reasonField = "reason", reasonHint, onClose, act, children } = props;
  const words = useWords();
  const { admin, account } = words;
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  // Pressed again because no answer came, it is done once; refused, the next press is another try.
  const key = useRef(crypto.randomUUID());
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => act(reason.trim(), { idempotencyKey: key.current }),
    onSuccess: (done) => {
      showToast(done);
      onClose();
      return queryClient.invalidateQueries({ queryKey: adminKey });
    },
    onError: (refusal) => {
      if (refusal instanceof ShujaaError) key.current = crypto.randomUUID();
    },
  });
  const refused = flawsOf(error, words);
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={title}
      text={text}
      error={error === null || refused.length > 0 ? undefined : problemWords(error, words)}
      stay={account.cancel}
      go={go}
      kind={isDangerous ? "danger" : "main"}
      isBusy={isPending}
      onGo={() => mutate()}
    >
      {children?.(refused)}
      <TextArea
        label={reasonField === "note" ? admin.note : admin.reason}
        name="reason"
        rows={2}
        hint={reasonHint ?? admin.reasonHint}
        maxLength={500}
        value={reason}
        error={fieldProblem(refused, `/${reasonField}`)}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
