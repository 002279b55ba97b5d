import { useState } from "react";
import { ShujaaError } from "../../../sdk/errors.ts";
import { reauthenticate } from "../../../sdk/operations/auth.ts";
import { problemWords } from "../../app/problem-words.ts";
import { signOut, transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useAsked } from "./fresh-sign-in.ts";

export function SignInAgain({ email }: { email: string }) {
  const asked = useAsked();
  return asked === null ? null : <Question email={email} onSettle={asked.settle} />;
}

function Question({ email, onSettle }: { email: string; onSettle(isShown: boolean): void }) {
  const words = useWords();
  const { account } = words;
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    try {
      await transport.call(reauthenticate, { password });
      onSettle(true);
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  const hasNoPassword = error instanceof ShujaaError && error.code === "sign_in_again";
  return (
    <FormDialog
      isOpen
      onClose={() => onSettle(false)}
      title={account.againTitle}
      text={account.again(email)}
      error={error === null ? undefined : problemWords(error, words)}
      stay={account.cancel}
      go={account.goOn}
      isBusy={isBusy}
      onGo={() => void show()}
    >
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <PasswordField
        label={account.currentPassword}
        name="again-password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {hasNoPassword && <Button onClick={() => void signOut()}>{account.signOutFirst}</Button>}
    </FormDialog>
  );
}
