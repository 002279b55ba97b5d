import { type FormEvent, useState } from "react";
import { ShujaaError } from "../../../sdk/errors.ts";
import { useKept } from "../../app/kept.ts";
import { fieldProblem, flawsOf } from "../../app/problem-words.ts";
import { useSession } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/parts.tsx";
import type { Followed } from "./followed.ts";
import { isKenyanMobile, type PhoneOrder } from "./order.ts";
import { isUnconfigured, paymentProblem } from "./payment-problem.ts";
import { useOpenPrompt } from "./use-followed.ts";
import { usePayByPhone } from "./use-pay.ts";

type Props = {
  /** null: what is wanted is not said yet. */
  order: PhoneOrder | null;
  price: string | undefined;
  onFollow(followed: Followed): void;
};

/** Which phone to ring, and the button that rings it. */
export function PhoneForm({ order, price, onFollow }: Props) {
  const words = useWords();
  const { billing } = words;
  const session = useSession();
  const own = session.status === "in" || session.status === "lost" ? session.user.phone : null;
  const [phone, setPhone] = useKept("payment-phone", own ?? "", (kept) => typeof kept === "string");
  const [isTried, setTried] = useState(false);
  const { pay, isPaying, error, forget } = usePayByPhone(onFollow);
  const isWrong = !isKenyanMobile(phone);
  const refused = fieldProblem(flawsOf(error, words), "/phone_number");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (order !== null && !isWrong) pay({ order, phone: phone.trim() });
  };
  return (
    <form className="pay-form" onSubmit={submit} noValidate>
      <TextField
        label={billing.phone}
        hint={billing.phoneHint}
        error={(isTried && isWrong) || refused !== undefined ? billing.phoneWrong : undefined}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        name="phone"
        value={phone}
        onChange={(event) => {
          if (error !== null) forget();
          setPhone(event.target.value);
        }}
      />
      {error !== null && refused === undefined && <Refusal error={error} onFollow={onFollow} />}
      <Button kind="main" type="submit" isWide isBusy={isPaying} disabled={order === null} price={price}>
        {isPaying ? billing.sending : billing.sendPrompt}
      </Button>
      <p className="small soft">{billing.promptNote}</p>
    </form>
  );
}

/** A phone that has a payment open may have one of this account's: then it can be looked at. */
function Refusal({ error, onFollow }: { error: unknown; onFollow(followed: Followed): void }) {
  const words = useWords();
  const isBusyPhone = error instanceof ShujaaError && error.code === "prompt_open";
  const open = useOpenPrompt(isBusyPhone);
  return (
    <Notice
      tone={isUnconfigured(error) ? "plain" : isBusyPhone ? "warn" : "bad"}
      action={open !== null && <Button onClick={() => onFollow(open)}>{words.billing.follow}</Button>}
    >
      {paymentProblem(error, words)}
    </Notice>
  );
}
