import type { StatsAnswer } from "../../../contract/admin.ts";
import { useWords } from "../../app/words.ts";
import { money } from "../../ui/figures.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Bars } from "./bars.tsx";
import { useStats } from "./queries.ts";

export function StatsPart() {
  const { admin } = useWords();
  const stats = useStats();
  return (
    <section className="admin-part" aria-label={admin.parts.stats}>
      <Loaded query={stats} skeleton="skeleton-tall">
        {(found) => <Stats stats={found} />}
      </Loaded>
    </section>
  );
}

function Stats({ stats }: { stats: StatsAnswer }) {
  const { admin, video } = useWords();
  const { users, credits, revenue, videos, payments } = stats;
  return (
    <>
      <div className="tiles">
        <Tile title={admin.users} value={figures(users.total)} note={admin.newToday(users.new_today)} />
        <Tile
          title={admin.videosMade}
          value={figures(videos.succeeded ?? 0)}
          note={admin.videosFailed(videos.failed ?? 0)}
        />
        <Tile title={admin.creditsBought} value={figures(credits.bought)} note={admin.creditsGiven(credits.given)} />
        <Tile title={admin.creditsSpent} value={figures(credits.spent)} note={admin.creditsTaken(credits.taken)} />
        {revenue.map((row) => (
          <Tile
            key={`${row.provider}-${row.currency}`}
            title={admin.revenueBy(admin.providers[row.provider], row.currency)}
            value={money({ amount: row.paid - row.returned, currency: row.currency })}
            note={row.returned === 0 ? "" : admin.returned(money({ amount: row.returned, currency: row.currency }))}
          />
        ))}
      </div>
      <h2>{admin.month}</h2>
      <Charts days={stats.days} />
      <div className="two">
        <Counts title={admin.parts.videos} counts={videos} names={video.stages} />
        <Counts title={admin.parts.payments} counts={payments} names={admin.paymentStatuses} />
      </div>
    </>
  );
}

const figures = (n: number) => n.toLocaleString("en");

function Tile({ title, value, note }: { title: string; value: string; note: string }) {
  return (
    <div className="card tile">
      <span className="small soft">{title}</span>
      <span className="display tile-value figures">{value}</span>
      <span className="small soft">{note}</span>
    </div>
  );
}

function Charts({ days }: { days: StatsAnswer["days"] }) {
  const { admin } = useWords();
  const currencies = [...new Set(days.flatMap(({ revenue }) => revenue.map(({ currency }) => currency)))];
  const chart = (title: string, ofDay: (day: StatsAnswer["days"][number]) => number, say = figures) => {
    const total = days.reduce((sum, day) => sum + ofDay(day), 0);
    const bars = days.map((day) => ({ date: day.date, value: ofDay(day), said: say(ofDay(day)) }));
    return <Bars key={title} title={title} total={say(total)} bars={bars} />;
  };
  return (
    <div className="charts">
      {chart(admin.newUsers, (day) => day.new_users)}
      {chart(admin.parts.videos, (day) => day.videos)}
      {chart(admin.creditsSpent, (day) => day.credits_spent)}
      {chart(admin.parts.payments, (day) => day.payments)}
      {currencies.map((currency) =>
        chart(
          admin.revenueIn(currency),
          ({ revenue }) =>
            revenue.reduce((sum, row) => sum + (row.currency === currency ? row.paid - row.returned : 0), 0),
          (amount) => money({ amount, currency }),
        ),
      )}
    </div>
  );
}

type CountsProps = { title: string; counts: Record<string, number>; names: Partial<Record<string, string>> };

function Counts({ title, counts, names }: CountsProps) {
  const rows = Object.entries(counts).filter(([, count]) => count > 0);
  if (rows.length === 0) return null;
  return (
    <div className="card">
      <h3>{title}</h3>
      <dl className="facts-list small">
        {rows.map(([name, count]) => (
          <div key={name}>
            <dt className="soft">{names[name] ?? name}</dt>
            <dd className="figures">{figures(count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
