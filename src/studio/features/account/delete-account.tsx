import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { MeAnswer } from "../../../contract/accounts.ts";
import { deleteAccount } from "../../../sdk/operations/account.ts";
import { forgetKept } from "../../app/kept.ts";
import { fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useAsked, withFreshSignIn } from "./fresh-sign-in.ts";

/** The e-mail address typed, a fresh sign-in, and then nothing is left but a receipt, which anybody who has it can read. */
export function DeleteAccount({ me }: { me: MeAnswer }) {
  const words = useWords();
  const { account, shell } = words;
  const asked = useAsked();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: () => withFreshSignIn(() => transport.call(deleteAccount, { confirm: typed })),
    onSuccess: ({ receipt_id: receipt }) => {
      forgetKept();
      // Loaded anew: nothing of the account is left in memory.
      window.location.replace(`/deletions/${receipt}`);
    },
  });
  const refused = flawsOf(error, words);
  const close = () => {
    setOpen(false);
    setTyped("");
    reset();
  };
  return (
    <div className="danger stack-small">
      <h3>{account.deleteTitle}</h3>
      <p className="small">{account.deleteIntro}</p>
      <div>
        <Button kind="danger" onClick={() => setOpen(true)}>
          {account.deleteStart}
        </Button>
      </div>
      <FormDialog
        isOpen={isOpen && asked === null}
        onClose={close}
        title={account.deleteAsk}
        text={
          <>
            <p>{account.deleteWhat}</p>
            <ul className="bullets">
              {account.deleteList(shell.credits(me.credits.balance)).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <p>{account.deleteStays}</p>
          </>
        }
        error={error === null || refused.length > 0 ? undefined : problemWords(error, words)}
        stay={account.keepAccount}
        go={account.deleteDo}
        kind="danger"
        isBusy={isPending || isSuccess}
        onGo={() => mutate()}
      >
        <TextField
          label={account.deleteConfirm(me.user.email)}
          name="confirm-email"
          type="email"
          autoComplete="off"
          value={typed}
          error={fieldProblem(refused, "/confirm") === undefined ? undefined : account.deleteMismatch}
          onChange={(event) => setTyped(event.target.value)}
        />
      </FormDialog>
    </div>
  );
}
