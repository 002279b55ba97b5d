import { ChevronDown } from "lucide-react";
import type { MemberAnswer } from "../../../contract/members.ts";
import { useWords } from "../../app/words.ts";

type Role = MemberAnswer["role"];

/** In a row, where the name beside it is label enough for who sees it. */
export function RoleSelect({ label, value, onChange }: { label: string; value: Role; onChange(role: Role): void }) {
  const { account } = useWords();
  return (
    <div className="select select-small">
      <select
        className="input"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value === "owner" ? "owner" : "creator")}
      >
        <option value="owner">{account.roles.owner}</option>
        <option value="creator">{account.roles.creator}</option>
      </select>
      <ChevronDown size={18} aria-hidden />
    </div>
  );
}
