import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { switchTenant } from "../../../sdk/operations/auth.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { showToast } from "../../ui/toasts.tsx";
import { useTenants } from "./queries.ts";

/** For who is in several: this session goes over to another. */
export function TenantItems() {
  const words = useWords();
  const { data } = useTenants();
  const tenants = data?.data ?? [];
  if (tenants.length < 2) return null;
  const go = async (id: string) => {
    try {
      await transport.call(switchTenant, { tenant_id: id });
      // Loaded anew, so that nothing of the one tenant is seen in the other.
      window.location.assign("/library");
    } catch (error) {
      showToast(problemWords(error, words));
    }
  };
  return (
    <>
      <Menu.RadioGroup
        value={tenants.find(({ is_current: isCurrent }) => isCurrent)?.id ?? ""}
        onValueChange={(id: string) => void go(id)}
      >
        <Menu.GroupLabel className="menu-label">{words.account.workIn}</Menu.GroupLabel>
        {tenants.map(({ id, name }) => (
          <Menu.RadioItem key={id} className="menu-item" value={id}>
            {name}
            <Menu.RadioItemIndicator>
              <Check size={18} aria-hidden />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Separator className="menu-rule" />
    </>
  );
}
