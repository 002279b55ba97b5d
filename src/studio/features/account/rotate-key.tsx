import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { KeyAnswer, KeyMade } from "../../../contract/keys.ts";
import { rotateApiKeyById } from "../../../sdk/operations/account.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Select } from "../../ui/select.tsx";
import { useAsked, withFreshSignIn } from "./fresh-sign-in.ts";

const graces = ["0", "1", "24", "168"] as const;

type Props = { apiKey: KeyAnswer; onClose(): void; onMade(made: KeyMade): void };

export function RotateKey({ apiKey, onClose, onMade }: Props) {
  const words = useWords();
  const { account } = words;
  const asked = useAsked();
  const [grace, setGrace] = useState<(typeof graces)[number]>("24");
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      withFreshSignIn(() => transport.call(rotateApiKeyById, { id: apiKey.id, grace_hours: Number(grace) })),
    onSuccess: onMade,
  });
  return (
    <FormDialog
      isOpen={asked === null}
      onClose={onClose}
      title={account.rotateTitle(apiKey.name)}
      text={account.rotateText}
      error={error === null ? undefined : problemWords(error, words)}
      stay={account.cancel}
      go={account.rotate}
      isBusy={isPending}
      onGo={() => mutate()}
    >
      <Select
        label={account.grace}
        hint={account.graceHint}
        value={grace}
        options={graces.map((value) => ({ value, label: account.graces[value] }))}
        onChange={(value) => setGrace(value)}
      />
    </FormDialog>
  );
}
