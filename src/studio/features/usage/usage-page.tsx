import "./usage.css";
import { lazy, Suspense } from "react";
import { usePreferences } from "../../app/preferences.ts";
import { problemWords } from "../../app/problem-words.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Notice, Skeleton } from "../../ui/parts.tsx";
import { shortDay } from "./days.ts";
import { LimitCard } from "./limit-card.tsx";
import { limitsOf, useUsage } from "./use-usage.ts";

/** The charts are most of the page's weight, and the limits need not wait for them. */
const UsageHistory = lazy(async () => ({ default: (await import("./usage-history.tsx")).UsageHistory }));

export function UsagePage() {
  const words = useWords();
  const { usage, billing, shell } = words;
  const { language } = usePreferences();
  const { data, error, refetch } = useUsage();
  useTitle(usage.title);
  return (
    <div className="usage">
      <header className="usage-head">
        <div>
          <h1>{usage.heading}</h1>
          {data === undefined ? (
            <Skeleton className="usage-period" />
          ) : (
            <p className="soft usage-period">
              {usage.plan(
                billing.planNames[data.plan as keyof typeof billing.planNames] ?? data.plan,
                shortDay(data.period.from, language),
                shortDay(lastDayBefore(data.period.to), language),
              )}
            </p>
          )}
        </div>
        <ButtonLink href="/billing?view=plans">{usage.plans}</ButtonLink>
      </header>
      {error !== null && (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>{shell.again}</Button>}>
          {problemWords(error, words)}
        </Notice>
      )}
      {data === undefined ? (
        error === null && <LimitsSkeleton />
      ) : (
        <ul className="limits">
          {limitsOf(data).map((limit) => (
            <LimitCard key={limit.metric} limit={limit} />
          ))}
        </ul>
      )}
      <Suspense fallback={<Skeleton className="history-skeleton" />}>
        <UsageHistory />
      </Suspense>
    </div>
  );
}

/** A period ends where the next one begins. */
function lastDayBefore(iso: string): string {
  return new Date(Date.parse(iso) - 1).toISOString();
}

function LimitsSkeleton() {
  return (
    <ul className="limits">
      {[1, 2, 3, 4, 5, 6].map((key) => (
        <li key={key}>
          <Skeleton className="limit-skeleton" />
        </li>
      ))}
    </ul>
  );
}
