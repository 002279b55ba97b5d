import { type FormEvent, useRef, useState } from "react";
import { logIn, requestMagicLink, signUp } from "../../../sdk/operations/auth.ts";
import { usePreferences } from "../../app/preferences.ts";
import { fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { accept, openTransport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { PasswordField, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/parts.tsx";
import type { SentLink } from "./sent-link.ts";

const passwordMin = 8;

type Props = { isNew: boolean; email: string; onEmail(email: string): void; onSent(sent: SentLink): void };
type Flaws = { email?: string | undefined; password?: string | undefined; name?: string | undefined };
type Busy = "password" | "link" | null;

export function PasswordForm({ isNew, email, onEmail, onSent }: Props) {
  const words = useWords();
  const { signIn } = words;
  const { language } = usePreferences();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [flaws, setFlaws] = useState<Flaws>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState<Busy>(null);
  const form = useRef<HTMLFormElement>(null);

  const refuse = (found: Flaws, field: "email" | "password") => {
    setFlaws(found);
    form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus();
  };

  const run = async (what: Busy, work: () => Promise<void>) => {
    setFlaws({});
    setError(null);
    setBusy(what);
    try {
      await work();
    } catch (refusal) {
      const errors = flawsOf(refusal, words);
      const found = { email: fieldProblem(errors, "/email"), password: fieldProblem(errors, "/password") };
      setFlaws(found);
      if (found.email === undefined && found.password === undefined) setError(refusal);
    } finally {
      setBusy(null);
    }
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy !== null) return;
    if (!email.includes("@")) return refuse({ email: signIn.emailMissing }, "email");
    if (password === "") return refuse({ password: signIn.passwordMissing }, "password");
    if (isNew && [...password].length < passwordMin) return refuse({ password: signIn.passwordShort }, "password");
    void run("password", async () => {
      const named = name.trim() === "" ? {} : { name: name.trim() };
      accept(
        isNew
          ? await openTransport.call(signUp, { email, password, ...named })
          : await openTransport.call(logIn, { email, password }),
      );
    });
  };

  const sendLink = () => {
    if (busy !== null) return;
    if (!email.includes("@")) return refuse({ email: signIn.magicNeedsEmail }, "email");
    void run("link", async () => {
      const { magic_link: link = null } = await openTransport.call(requestMagicLink, { email, lang: language });
      onSent({ email, link });
    });
  };

  return (
    <form ref={form} className="stack" noValidate onSubmit={submit}>
      {isNew && (
        <TextField
          label={signIn.name}
          aside={signIn.optional}
          name="name"
          autoComplete="name"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <TextField
        label={signIn.email}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        value={email}
        error={flaws.email}
        onChange={(event) => onEmail(event.target.value)}
      />
      <PasswordField
        label={signIn.password}
        name="password"
        autoComplete={isNew ? "new-password" : "current-password"}
        value={password}
        hint={isNew ? signIn.passwordHint : undefined}
        error={flaws.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
      <Button kind="main" type="submit" isWide isBusy={busy === "password"}>
        {isNew ? signIn.doUp : signIn.doIn}
      </Button>
      <p className="rule-with-word small soft">{signIn.or}</p>
      <Button isWide isBusy={busy === "link"} onClick={sendLink}>
        {signIn.magic}
      </Button>
    </form>
  );
}
