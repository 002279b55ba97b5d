import { usePreferences } from "../../app/preferences.ts";
import { useWords } from "../../app/words.ts";
import { dayAndTime } from "../../ui/figures.ts";
import { Badge, ProgressBar } from "../../ui/parts.tsx";
import { shortDay } from "./days.ts";
import { type Limit, nearlyPercent, percentText, readable } from "./use-usage.ts";

export function LimitCard({ limit: { metric, used, limit, percent, resetsAt } }: { limit: Limit }) {
  const { usage } = useWords();
  const { language } = usePreferences();
  const name = usage.metrics[metric];
  const tone = percent === null || percent < nearlyPercent ? "plain" : percent < 100 ? "warn" : "bad";
  return (
    <li className={`card limit limit-${tone}`} data-metric={metric}>
      <div className="limit-head">
        <h2 className="limit-name">{name}</h2>
        {percent !== null && tone !== "plain" && (
          <Badge tone={tone}>{percent >= 100 ? usage.full : usage.nearly(percentText(percent))}</Badge>
        )}
      </div>
      <p className="limit-figure figures">
        {limit === null ? (
          usage.noLimit(readable(metric, used))
        ) : (
          <>
            <strong className="display">{readable(metric, used)}</strong>{" "}
            <span className="soft">{usage.of("", readable(metric, limit)).trim()}</span>
          </>
        )}
      </p>
      {percent !== null && <ProgressBar label={name} percent={Math.min(100, percent)} />}
      <p className="small soft">
        {percent !== null && percent > 100 && `${usage.over}. `}
        {resetsAt === null
          ? usage.byDeleting
          : metric === "videos"
            ? usage.resetsAt(dayAndTime(resetsAt, language))
            : usage.resets(shortDay(resetsAt, language))}
      </p>
    </li>
  );
}
