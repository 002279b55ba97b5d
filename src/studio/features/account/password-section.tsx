import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { MeAnswer } from "../../../contract/accounts.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { changePassword } from "../../../sdk/operations/auth.ts";
import { fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "../../ui/field.tsx";
import { Notice } from "../../ui/parts.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { accountKeys } from "./queries.ts";
import { Section } from "./section.tsx";

/** Whoever has no password yet leaves the first field empty: the service knows. */
export function PasswordSection({ me }: { me: MeAnswer }) {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      transport.call(changePassword, { password: next, ...(current === "" ? {} : { current_password: current }) }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      showToast(account.passwordChanged);
      void queryClient.invalidateQueries({ queryKey: accountKeys.sessions });
    },
  });
  const refused = flawsOf(error, words);
  const isWrong = error instanceof ShujaaError && error.code === "invalid_credentials";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Section id="password" title={account.parts.password} intro={account.passwordIntro}>
      <form className="stack" noValidate onSubmit={submit}>
        <input type="hidden" name="email" autoComplete="username" value={me.user.email} readOnly />
        <div className="two">
          <PasswordField
            label={account.currentPassword}
            name="current-password"
            autoComplete="current-password"
            hint={account.noPassword}
            value={current}
            error={isWrong ? account.wrongPassword : fieldProblem(refused, "/current_password")}
            onChange={(event) => setCurrent(event.target.value)}
          />
          <PasswordField
            label={account.newPassword}
            name="new-password"
            autoComplete="new-password"
            hint={account.passwordHint}
            value={next}
            error={fieldProblem(refused, "/password")}
            onChange={(event) => setNext(event.target.value)}
          />
        </div>
        {error !== null && refused.length === 0 && !isWrong && <Notice tone="bad">{problemWords(error, words)}</Notice>}
        <div>
          <Button kind="main" type="submit" disabled={next === ""} isBusy={isPending}>
            {account.changePassword}
          </Button>
        </div>
      </form>
    </Section>
  );
}
