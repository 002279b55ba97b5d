import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import type { TransactionsAnswer, TransactionType } from "../../../contract/credits.ts";
import { listTransactions } from "../../../sdk/operations/credits.ts";
import { transactionsCsv } from "../../../sdk/transactions-csv.ts";
import { problemWords } from "../../app/problem-words.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { EmptyState, Notice, Skeleton } from "../../ui/parts.tsx";
import { Select } from "../../ui/select.tsx";
import { Time } from "../../ui/time.tsx";

const pageSize = 20;
const kinds = ["all", "purchase", "usage", "refund", "bonus", "topup", "adjustment"] as const;
type Kind = "all" | TransactionType;
type Filter = { kind: Kind; from: string; to: string };

/** What the service is asked for: a field that is not filled in is left out. */
function queryOf({ kind, from, to }: Filter) {
  return {
    ...(kind === "all" ? {} : { type: kind }),
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
  };
}

export function TransactionsList() {
  const words = useWords();
  const { billing, shell } = words;
  const [filter, setFilter] = useState<Filter>({ kind: "all", from: "", to: "" });
  const asked = queryOf(filter);
  const query = useInfiniteQuery({
    queryKey: queryKeys.transactions(asked),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      return transport.call(listTransactions, { limit: pageSize, ...asked, ...cursor }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: TransactionsAnswer) => page.next_cursor,
  });
  const csv = useMutation({
    mutationFn: () => transactionsCsv(transport, asked),
    onSuccess: (text) => saveFile(text, billing.csvName),
  });
  const transactions = query.data?.pages.flatMap(({ data }) => data);
  const error = query.error ?? csv.error;
  return (
    <section className="history-part" aria-label={billing.transactions}>
      <div className="history-head">
        <h2>{billing.transactions}</h2>
        <Button icon={<Download size={18} aria-hidden />} isBusy={csv.isPending} onClick={() => csv.mutate()}>
          {billing.csv}
        </Button>
      </div>
      <Filters filter={filter} onFilter={setFilter} />
      {error !== null && (
        <Notice tone="bad" action={<Button onClick={() => void query.refetch()}>{shell.again}</Button>}>
          {problemWords(error, words)}
        </Notice>
      )}
      {transactions === undefined && query.error === null && <Skeleton className="list-skeleton" />}
      {transactions?.length === 0 && <EmptyState title={billing.noTransactions} text={billing.noTransactionsText} />}
      {transactions !== undefined && transactions.length > 0 && <TransactionsTable transactions={transactions} />}
      {query.hasNextPage && (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {billing.more}
        </Button>
      )}
    </section>
  );
}

function Filters({ filter, onFilter }: { filter: Filter; onFilter(filter: Filter): void }) {
  const { billing } = useWords();
  return (
    <div className="filters">
      <Select
        label={billing.type}
        value={filter.kind}
        options={kinds.map((value) => ({ value, label: billing.types[value] }))}
        onChange={(kind) => onFilter({ ...filter, kind })}
      />
      <TextField
        label={billing.from}
        type="date"
        value={filter.from}
        max={filter.to}
        onChange={(event) => onFilter({ ...filter, from: event.target.value })}
      />
      <TextField
        label={billing.to}
        type="date"
        value={filter.to}
        min={filter.from}
        onChange={(event) => onFilter({ ...filter, to: event.target.value })}
      />
    </div>
  );
}

function TransactionsTable({ transactions }: { transactions: TransactionsAnswer["data"] }) {
  const { billing } = useWords();
  const { columns } = billing;
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.when}</th>
          <th scope="col" className="number">
            {columns.change}
          </th>
          <th scope="col" className="number">
            {columns.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {transactions.map(({ id, type, amount, balance_after: after, description, created_at: at }) => (
          <tr key={id}>
            <td>
              <span className="ledger-type">{billing.types[type]}</span>
              <span className="small soft">{description}</span>
            </td>
            <td className="small soft">
              <Time at={at} />
            </td>
            <td className={`number figures ${amount > 0 ? "ledger-in" : ""}`}>
              {amount > 0 ? "+" : amount < 0 ? "−" : ""}
              {Math.abs(amount).toLocaleString("en")}
            </td>
            <td className="number figures soft">{after.toLocaleString("en")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The file is made of what an authenticated call answered: a plain link could not carry the token. */
function saveFile(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the press is over.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
