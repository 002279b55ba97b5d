import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { UsageHistoryAnswer } from "../../../contract/usage.ts";
import { getUsageHistory } from "../../../sdk/operations/usage.ts";
import type { Language } from "../../app/language.ts";
import { usePreferences } from "../../app/preferences.ts";
import { problemWords } from "../../app/problem-words.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choices.tsx";
import { Notice, Skeleton } from "../../ui/parts.tsx";
import { shortDay } from "./days.ts";

const spans = ["30", "90"] as const;
type Span = (typeof spans)[number];
const measures = ["videos", "minutes", "credits"] as const;
type Measure = (typeof measures)[number];
type Day = UsageHistoryAnswer["data"][number];

export function UsageHistory() {
  const words = useWords();
  const { usage, shell } = words;
  const [span, setSpan] = useState<Span>("30");
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.usageHistory(Number(span)),
    queryFn: ({ signal }) => transport.call(getUsageHistory, { days: Number(span) }, { signal }),
    placeholderData: (before) => before,
  });
  return (
    <section className="usage-history" aria-labelledby="usage-history">
      <div className="usage-head">
        <h2 id="usage-history">{usage.history}</h2>
        <Choices
          kind="segments"
          label={usage.days}
          isLabelSeen={false}
          value={span}
          options={spans.map((value) => ({ value, label: usage.lastDays[value] }))}
          onChange={(value) => setSpan(value)}
        />
      </div>
      {error !== null && (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>{shell.again}</Button>}>
          {problemWords(error, words)}
        </Notice>
      )}
      {data === undefined && error === null && <Skeleton className="history-skeleton" />}
      {data !== undefined && (
        <>
          <div className="charts">
            {measures.map((measure) => (
              <Chart key={measure} measure={measure} days={data.data} />
            ))}
          </div>
          <HistoryTable days={data.data} />
        </>
      )}
    </section>
  );
}

/** For eyes alone: the table beneath says the same to everybody. */
function Chart({ measure, days }: { measure: Measure; days: readonly Day[] }) {
  const { usage } = useWords();
  const { language } = usePreferences();
  const name = usage.charts[measure];
  const total = days.reduce((sum, day) => sum + day[measure], 0);
  return (
    <figure className="card chart" data-chart={measure}>
      <figcaption>
        <strong>{name}</strong>{" "}
        <span className="small soft figures">{total === 0 ? usage.none : usage.total(figure(total))}</span>
      </figcaption>
      <div className="chart-plot" aria-hidden>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 160 }}>
          <BarChart
            data={days.map((day) => ({ day: shortDay(day.date, language), value: day[measure] }))}
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            accessibilityLayer={false}
            barCategoryGap="18%"
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="day" tickLine={false} axisLine={false} minTickGap={40} tick={tickLook} />
            <YAxis
              width={34}
              tickLine={false}
              axisLine={false}
              allowDecimals={false}
              tickCount={3}
              domain={[0, (most: number) => 2 * Math.max(1, Math.ceil(most / 2))]}
              tick={tickLook}
            />
            <Tooltip
              cursor={{ fill: "var(--sunken)" }}
              content={({ active, payload, label }) =>
                active === true && payload[0] !== undefined ? (
                  <div className="chart-tip small figures">
                    {String(label)}: {figure(Number(payload[0].value))}
                  </div>
                ) : null
              }
            />
            <Bar dataKey="value" fill="var(--accent)" radius={[3, 3, 0, 0]} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

const tickLook = { fill: "var(--ink-soft)", fontSize: 12 };

function figure(count: number): string {
  return count.toLocaleString("en", { maximumFractionDigits: 1 });
}

function HistoryTable({ days }: { days: readonly Day[] }) {
  const { usage } = useWords();
  const { language } = usePreferences();
  const used = days.filter((day) => measures.some((measure) => day[measure] > 0)).toReversed();
  return (
    <details className="history-table">
      <summary>{usage.asTable}</summary>
      {used.length === 0 ? (
        <p className="soft">{usage.none}</p>
      ) : (
        <table className="usage-table">
          <thead>
            <tr>
              <th scope="col">{usage.date}</th>
              {measures.map((measure) => (
                <th key={measure} scope="col" className="number">
                  {usage.charts[measure]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{used.map((day) => tableRow(day, language))}</tbody>
        </table>
      )}
    </details>
  );
}

function tableRow(day: Day, language: Language) {
  return (
    <tr key={day.date}>
      <th scope="row">{shortDay(day.date, language)}</th>
      {measures.map((measure) => (
        <td key={measure} className="number figures">
          {figure(day[measure])}
        </td>
      ))}
    </tr>
  );
}
