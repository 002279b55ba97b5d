import { Dialog } from "@base-ui/react/dialog";
import { type FormEvent, useState } from "react";
import { logIn } from "../../sdk/operations/auth.ts";
import { Button } from "../ui/button.tsx";
import { PasswordField } from "../ui/field.tsx";
import { Notice } from "../ui/parts.tsx";
import { problemWords } from "./problem-words.ts";
import { accept, leaveLostSession, openTransport } from "./session.ts";
import { useWords } from "./words.ts";

/** Over the page one was on, which stays as it is: what was typed is there when they are back. */
export function LostSession({ email }: { email: string }) {
  const words = useWords();
  const { signIn } = words;
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      accept(await openTransport.call(logIn, { email, password }));
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };

  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>{signIn.lostTitle}</Dialog.Title>
          <Dialog.Description className="soft">{signIn.lost(email)}</Dialog.Description>
          <form className="stack" onSubmit={(event) => void submit(event)}>
            <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
            <PasswordField
              label={signIn.password}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
            {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
            <div className="dialog-actions">
              <Button onClick={leaveLostSession}>{signIn.leave}</Button>
              <Button kind="main" type="submit" isBusy={isBusy}>
                {signIn.doIn}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
