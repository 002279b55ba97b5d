import { useState } from "react";
import type { AdminUserAnswer } from "../../../contract/admin.ts";
import { useLater } from "../../app/use-later.ts";
import { useWords } from "../../app/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { TextField } from "../../ui/field.tsx";
import { Badge } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { List } from "./list.tsx";
import { useUsers } from "./queries.ts";
import { RowMenu } from "./row-menu.tsx";
import { type UserAct, UserActDialog } from "./user-acts.tsx";

const restMs = 300;

export function UsersPart() {
  const { admin } = useWords();
  const [typed, setTyped] = useState("");
  const query = useLater(typed.trim(), restMs);
  const users = useUsers(query === "" ? {} : { query });
  const [open, setOpen] = useState<{ act: UserAct; user: AdminUserAnswer } | null>(null);
  const columns: Column<AdminUserAnswer>[] = [
    { head: admin.user, cell: (user) => <Who user={user} /> },
    { head: admin.plan, cell: (user) => <Plan user={user} /> },
    { head: admin.balance, kind: "number", cell: (user) => <Balance user={user} /> },
    { head: admin.since, cell: (user) => <Time at={user.created_at} /> },
    {
      head: admin.acts,
      kind: "acts",
      cell: (user) => (
        <RowMenu
          label={admin.actsOn(user.email)}
          items={actsOf(user).map((act) => ({
            words: admin.userActs[act],
            onChoose: () => setOpen({ act, user }),
          }))}
        />
      ),
    },
  ];
  return (
    <>
      <List
        label={admin.parts.users}
        query={users}
        columns={columns}
        keyOf={(user) => `${user.id}-${user.tenant.id}`}
        empty={admin.noUsers}
        filters={
          <TextField
            label={admin.search}
            name="search"
            type="search"
            placeholder={admin.searchUsers}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        }
      />
      {open !== null && <UserActDialog act={open.act} user={open.user} onClose={() => setOpen(null)} />}
    </>
  );
}

function actsOf({ credits, disabled_at: disabledAt }: AdminUserAnswer): UserAct[] {
  return [
    "credits",
    ...(credits.owed > 0 ? (["waive"] as const) : []),
    "plan",
    "endSessions",
    disabledAt === null ? "disable" : "enable",
  ];
}

function Who({ user }: { user: AdminUserAnswer }) {
  const { admin } = useWords();
  return (
    <>
      <span className="row-name">
        {user.email}
        {user.role === "admin" && <Badge tone="accent">{admin.operator}</Badge>}
        {user.disabled_at !== null && <Badge tone="bad">{admin.disabled}</Badge>}
      </span>
      <span className="small soft">{[user.name, user.phone].filter((text) => text !== null).join(" · ")}</span>
      <span className="code small soft">{user.id}</span>
    </>
  );
}

function Plan({ user: { tenant } }: { user: AdminUserAnswer }) {
  const { account } = useWords();
  return (
    <>
      <span>{tenant.plan}</span>
      <span className="small soft">
        {tenant.name} · {account.roles[tenant.role]}
      </span>
    </>
  );
}

function Balance({ user: { credits } }: { user: AdminUserAnswer }) {
  const { admin } = useWords();
  return (
    <>
      <span>{credits.balance.toLocaleString("en")}</span>
      {credits.held > 0 && <span className="small soft">{admin.held(credits.held)}</span>}
      {credits.owed > 0 && <Badge tone="bad">{admin.owes(credits.owed)}</Badge>}
      {credits.on_hold && <Badge tone="warn">{admin.onHold}</Badge>}
    </>
  );
}
