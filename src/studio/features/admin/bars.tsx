import { usePreferences } from "../../app/preferences.ts";

type Bar = { date: string; value: number; said: string };

const height = 72;
const step = 10;
const gap = 2;

/** A month in bars, each named when it is pointed at; a screen reader says the sum. */
export function Bars({ title, total, bars }: { title: string; total: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const { language } = usePreferences();
  const day = new Intl.DateTimeFormat(language === "sw" ? "sw-KE" : "en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  const [first, last] = [bars[0], bars.at(-1)];
  return (
    <figure className="bars card">
      <figcaption>
        <span className="small soft">{title}</span>
        <span className="bars-total figures">{total}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${bars.length * step} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${total}`}
        className="bars-chart"
      >
        {bars.map(({ date, value, said }, index) => {
          const tall = value === 0 ? 1.5 : Math.max(3, (value / most) * height);
          return (
            <rect
              key={date}
              x={index * step + gap / 2}
              y={height - tall}
              width={step - gap}
              height={tall}
              rx="1.5"
              data-empty={value === 0 || undefined}
            >
              <title>{`${date}: ${said}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className="bars-foot small soft figures" aria-hidden>
        <span>{first === undefined ? "" : day.format(new Date(first.date))}</span>
        <span>{last === undefined ? "" : day.format(new Date(last.date))}</span>
      </div>
    </figure>
  );
}
