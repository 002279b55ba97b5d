import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { KeyMade } from "../../../contract/keys.ts";
import { createApiKey } from "../../../sdk/operations/account.ts";
import { fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Choices } from "../../ui/choices.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useAsked, withFreshSignIn } from "./fresh-sign-in.ts";

const kinds = ["secret", "embed"] as const;

export function NewKey({ onClose, onMade }: { onClose(): void; onMade(made: KeyMade): void }) {
  const words = useWords();
  const { account } = words;
  const asked = useAsked();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<(typeof kinds)[number]>("secret");
  const [origins, setOrigins] = useState("");
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => withFreshSignIn(() => transport.call(createApiKey, bodyOf(name, kind, origins))),
    onSuccess: onMade,
  });
  const refused = flawsOf(error, words);
  const isTold = refused.some(({ pointer }) => /^\/(?:name|origins)/.test(pointer));
  return (
    <FormDialog
      isOpen={asked === null}
      onClose={onClose}
      title={account.newKeyTitle}
      error={error === null || isTold ? undefined : problemWords(error, words)}
      stay={account.cancel}
      go={account.makeKey}
      isBusy={isPending}
      onGo={() => mutate()}
    >
      <TextField
        label={account.keyName}
        name="key-name"
        hint={account.keyNameHint}
        maxLength={80}
        autoComplete="off"
        value={name}
        error={fieldProblem(refused, "/name")}
        onChange={(event) => setName(event.target.value)}
      />
      <Choices
        kind="segments"
        label={account.keyKind}
        value={kind}
        options={kinds.map((value) => ({ value, label: account.keyKinds[value] }))}
        onChange={(value) => setKind(value)}
      />
      <p className="field-hint">{account.keyKindHints[kind]}</p>
      {kind === "embed" && (
        <TextArea
          label={account.origins}
          name="key-origins"
          hint={account.originsHint}
          placeholder="https://www.example.com"
          rows={2}
          autoComplete="off"
          spellCheck={false}
          value={origins}
          error={fieldProblem(refused, "/origins")}
          onChange={(event) => setOrigins(event.target.value)}
        />
      )}
    </FormDialog>
  );
}

function bodyOf(name: string, kind: (typeof kinds)[number], origins: string) {
  if (kind === "secret") return { name, kind };
  const listed = origins.split(/[\s,]+/).flatMap((text) => (text === "" ? [] : [originOf(text)]));
  return { name, kind, origins: [...new Set(listed)] };
}

/** Addresses are pasted whole: what browsers send of them is the origin. What is none is left for the service to refuse. */
function originOf(text: string): string {
  const origin = URL.parse(text)?.origin ?? text;
  return origin === "null" ? text : origin;
}
