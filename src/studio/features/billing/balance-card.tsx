import { ChartColumn } from "lucide-react";
import { useBalance } from "../../app/queries.ts";
import { useWords } from "../../app/words.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Notice, Skeleton } from "../../ui/parts.tsx";

/** What can be spent, what is held, and why nothing can be when nothing can. */
export function BalanceCard() {
  const { billing, shell } = useWords();
  const { data } = useBalance();
  return (
    <section className="card balance-card">
      <div className="balance-card-head">
        <div>
          <h2 className="balance-card-label">{billing.available}</h2>
          {data === undefined ? (
            <Skeleton className="balance-card-skeleton" />
          ) : (
            <p className="display balance-card-figure figures" data-balance={data.balance}>
              {shell.credits(data.balance)}
            </p>
          )}
        </div>
        <ButtonLink href="/usage" icon={<ChartColumn size={18} aria-hidden />}>
          {billing.usage}
        </ButtonLink>
      </div>
      {data?.unlimited === true && <p className="soft">{billing.unlimited}</p>}
      {data !== undefined && data.held > 0 && <p className="soft">{billing.held(shell.credits(data.held))}</p>}
      {data !== undefined && data.owed > 0 && <Notice tone="warn">{billing.owed(shell.credits(data.owed))}</Notice>}
      {data?.on_hold === true && data.owed === 0 && <Notice tone="warn">{billing.frozen}</Notice>}
    </section>
  );
}
