import "./account.css";
import { useQuery } from "@tanstack/react-query";
import type { DeletionAnswer } from "../../../contract/privacy.ts";
import { getDeletion } from "../../../sdk/operations/account.ts";
import { openTransport } from "../../app/session.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { CopyField } from "../../ui/copy-field.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Badge } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";

const pollMs = 3_000;

/** For who has no account any more: by the receipt alone. */
export function DeletionPage({ id }: { id: string }) {
  const { account } = useWords();
  useTitle(account.receiptTitle);
  const deletion = useQuery({
    queryKey: ["deletion", id],
    queryFn: ({ signal }) => openTransport.call(getDeletion, { id }, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === "completed" ? false : pollMs),
  });
  return (
    <main className="page receipt">
      <Mark size={48} />
      <h1>{account.receiptHeading}</h1>
      <Loaded query={deletion} skeleton="skeleton-block">
        {(found) => <Receipt deletion={found} />}
      </Loaded>
      {/* Loaded anew: nothing of the account is left in memory. */}
      <a href="/sign-in">{account.receiptLeave}</a>
    </main>
  );
}

function Receipt({ deletion }: { deletion: DeletionAnswer }) {
  const { account } = useWords();
  const { status, completed_at: completedAt, deleted } = deletion;
  const counts = Object.entries(deleted).filter(([, count]) => count > 0);
  return (
    <section className="card stack">
      <p className="row-name" role="status">
        <Badge tone={status === "completed" ? "good" : "accent"}>{account.deletionStates[status]}</Badge>
        <span className="small soft">
          <Time at={completedAt ?? deletion.requested_at} />
        </span>
      </p>
      <p>{status === "completed" ? account.receiptDone : account.receiptRunning}</p>
      <CopyField label={account.receipt} value={deletion.receipt_id} />
      {counts.length > 0 && (
        <dl className="facts-list small">
          {counts.map(([kind, count]) => (
            <div key={kind}>
              <dt className="soft">{account.deletedKinds[kind] ?? kind.replaceAll("_", " ")}</dt>
              <dd className="figures">{count.toLocaleString("en")}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="small soft">{account.receiptHint}</p>
    </section>
  );
}
