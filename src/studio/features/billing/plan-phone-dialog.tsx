import { Dialog } from "@base-ui/react/dialog";
import type { PlansAnswer } from "../../../contract/plans.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { money } from "../../ui/figures.ts";
import type { Followed } from "./followed.ts";
import { isSoldPlan } from "./order.ts";
import { PhoneForm } from "./phone-form.tsx";

type Props = {
  plan: PlansAnswer["data"][number] | null;
  onClose(): void;
  onFollow(followed: Followed): void;
};

export function PlanPhoneDialog({ plan, onClose, onFollow }: Props) {
  const { billing } = useWords();
  const order = plan !== null && isSoldPlan(plan.id) ? { plan: plan.id } : null;
  return (
    <Dialog.Root open={plan !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>{plan === null ? "" : billing.phoneTitle(billing.planNames[plan.id])}</Dialog.Title>
          <Dialog.Description className="soft">{billing.phoneText}</Dialog.Description>
          <PhoneForm
            order={order}
            price={plan?.prices == null ? undefined : money(plan.prices.KES)}
            onFollow={onFollow}
          />
          <Button kind="quiet" onClick={onClose}>
            {billing.close}
          </Button>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
