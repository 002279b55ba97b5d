import { useState } from "react";
import type { AdminUserAnswer } from "../../../contract/admin.ts";
import {
  adminAdjustCredits,
  adminDisableUser,
  adminEnableUser,
  adminEndSessions,
  adminGivePlan,
  adminWaiveDebt,
} from "../../../sdk/operations/admin.ts";
import { fieldProblem } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Choices } from "../../ui/choices.tsx";
import { TextField } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { ActDialog } from "./act-dialog.tsx";

export type UserAct = "credits" | "waive" | "plan" | "disable" | "enable" | "endSessions";
type Props = { user: AdminUserAnswer; onClose(): void };

export function UserActDialog({ act, user, onClose }: Props & { act: UserAct }) {
  switch (act) {
    case "credits":
      return <Credits user={user} onClose={onClose} />;
    case "plan":
      return <Plan user={user} onClose={onClose} />;
    default:
      return <Plain act={act} user={user} onClose={onClose} />;
  }
}

const ways = ["give", "take"] as const;

function Credits({ user, onClose }: Props) {
  const { admin, shell } = useWords();
  const [way, setWay] = useState<(typeof ways)[number]>("give");
  const [typed, setTyped] = useState("");
  const amount = (way === "give" ? 1 : -1) * Number(typed === "" ? Number.NaN : typed);
  return (
    <ActDialog
      title={admin.creditsTitle(user.email)}
      text={admin.hasNow(shell.credits(user.credits.balance))}
      go={admin.ways[way]}
      isDangerous={way === "take"}
      reasonHint={admin.creditsReason}
      onClose={onClose}
      act={async (reason, options) => {
        const input = { id: user.id, amount: Number.isNaN(amount) ? 0 : amount, reason };
        const done = await transport.call(adminAdjustCredits, input, options);
        return admin.creditsDone[way](shell.credits(Math.abs(done.amount)), shell.credits(done.balance));
      }}
    >
      {(errors) => (
        <>
          <Choices
            kind="segments"
            label={admin.way}
            isLabelSeen={false}
            value={way}
            options={ways.map((value) => ({ value, label: admin.ways[value] }))}
            onChange={(value) => setWay(value)}
          />
          <TextField
            label={admin.amount}
            name="amount"
            type="number"
            inputMode="numeric"
            min={1}
            step={1}
            value={typed}
            error={fieldProblem(errors, "/amount") === undefined ? undefined : admin.amountMissing}
            onChange={(event) => setTyped(event.target.value)}
          />
        </>
      )}
    </ActDialog>
  );
}

const plans = ["free", "pro", "premium", "enterprise"] as const;

function Plan({ user, onClose }: Props) {
  const { admin } = useWords();
  const [plan, setPlan] = useState<(typeof plans)[number]>(user.tenant.plan);
  const [until, setUntil] = useState("");
  return (
    <ActDialog
      title={admin.planTitle(user.email)}
      text={admin.planText}
      go={admin.planGo}
      onClose={onClose}
      act={async (reason, options) => {
        // Of the day that was named, its end.
        const end = until === "" ? {} : { until: `${until}T23:59:59Z` };
        const done = await transport.call(adminGivePlan, { id: user.id, plan, reason, ...end }, options);
        return admin.planDone(done.email, done.tenant.plan);
      }}
    >
      {(errors) => (
        <>
          <Select
            label={admin.plan}
            value={plan}
            options={plans.map((value) => ({ value, label: value }))}
            onChange={(value) => setPlan(value)}
            error={fieldProblem(errors, "/plan")}
          />
          <TextField
            label={admin.until}
            name="until"
            type="date"
            hint={admin.untilHint}
            value={until}
            error={fieldProblem(errors, "/until")}
            onChange={(event) => setUntil(event.target.value)}
          />
        </>
      )}
    </ActDialog>
  );
}

function Plain({ act, user, onClose }: Props & { act: Exclude<UserAct, "credits" | "plan"> }) {
  const { admin, shell } = useWords();
  const { id, email, credits } = user;
  const doIt = async (reason: string, options: { idempotencyKey?: string }): Promise<string> => {
    switch (act) {
      case "waive": {
        const { waived } = await transport.call(adminWaiveDebt, { id, reason }, options);
        return admin.waived(shell.credits(waived));
      }
      case "disable":
        await transport.call(adminDisableUser, { id, reason });
        return admin.disabledNow(email);
      case "enable":
        await transport.call(adminEnableUser, { id, reason });
        return admin.enabledNow(email);
      case "endSessions": {
        const { ended } = await transport.call(adminEndSessions, { id, reason });
        return admin.sessionsEnded(ended);
      }
    }
  };
  return (
    <ActDialog
      title={`${admin.userActs[act]}: ${email}`}
      text={admin.actTexts[act](shell.credits(credits.owed))}
      go={admin.userActs[act]}
      isDangerous={act === "disable" || act === "endSessions"}
      onClose={onClose}
      act={doIt}
    />
  );
}
