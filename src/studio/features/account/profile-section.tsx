import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { MeAnswer } from "../../../contract/accounts.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { changeProfile } from "../../../sdk/operations/account.ts";
import { requestEmailProof } from "../../../sdk/operations/auth.ts";
import { fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { noteUser, transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Badge, Notice } from "../../ui/parts.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { accountKeys } from "./queries.ts";
import { Section } from "./section.tsx";

export function ProfileSection({ me }: { me: MeAnswer }) {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  const [name, setName] = useState(me.user.name ?? "");
  const [phone, setPhone] = useState(me.user.phone ?? "");
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => transport.call(changeProfile, changedOf(me, name, phone)),
    onSuccess: (changed) => {
      queryClient.setQueryData<MeAnswer>(accountKeys.me, changed);
      noteUser(changed.user);
      setName(changed.user.name ?? "");
      setPhone(changed.user.phone ?? "");
      showToast(account.profileSaved);
    },
  });
  const isChanged = Object.keys(changedOf(me, name, phone)).length > 0;
  const refused = flawsOf(error, words);
  const isPhoneTaken = error instanceof ShujaaError && error.code === "phone_taken";
  const phoneProblem = isPhoneTaken ? problemWords(error, words) : fieldProblem(refused, "/phone");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged) mutate();
  };
  return (
    <Section id="profile" title={account.parts.profile}>
      <Address me={me} />
      <form className="stack" noValidate onSubmit={submit}>
        <div className="two">
          <TextField
            label={account.name}
            name="name"
            autoComplete="name"
            maxLength={120}
            value={name}
            error={fieldProblem(refused, "/name")}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={account.phone}
            name="phone"
            type="tel"
            autoComplete="tel"
            hint={account.phoneHint}
            value={phone}
            error={phoneProblem}
            onChange={(event) => setPhone(event.target.value)}
          />
        </div>
        {error !== null && refused.length === 0 && !isPhoneTaken && (
          <Notice tone="bad">{problemWords(error, words)}</Notice>
        )}
        <div>
          <Button kind="main" type="submit" disabled={!isChanged} isBusy={isPending}>
            {account.save}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function changedOf({ user }: MeAnswer, name: string, phone: string): { name?: string | null; phone?: string | null } {
  const [typedName, typedPhone] = [name.trim(), phone.trim()];
  return {
    ...(typedName === (user.name ?? "") ? {} : { name: typedName === "" ? null : typedName }),
    ...(typedPhone === (user.phone ?? "") ? {} : { phone: typedPhone === "" ? null : typedPhone }),
  };
}

function Address({ me }: { me: MeAnswer }) {
  const words = useWords();
  const { account, language } = words;
  const { mutate, data, error, isPending, isSuccess } = useMutation({
    mutationFn: () => transport.call(requestEmailProof, { lang: language }),
  });
  const isProven = me.user.email_proven;
  return (
    <div className="address">
      <div className="row-words">
        <span className="small soft">{account.email}</span>
        <span className="row-name">
          {me.user.email}
          <Badge tone={isProven ? "good" : "warn"}>{isProven ? account.proven : account.unproven}</Badge>
        </span>
      </div>
      {!isProven && !isSuccess && (
        <Button isBusy={isPending} onClick={() => mutate()}>
          {account.sendProof}
        </Button>
      )}
      {isSuccess && (
        <Notice tone="good" action={data.proof_link && <a href={data.proof_link}>{account.openLink}</a>}>
          {account.proofSent}
        </Notice>
      )}
      {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
    </div>
  );
}
