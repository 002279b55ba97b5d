import "./usage-banner.css";
import { X } from "lucide-react";
import { useKept } from "../../app/kept.ts";
import { useWords } from "../../app/words.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Notice } from "../../ui/parts.tsx";
import { findNearest, limitsOf, percentText, useUsage } from "./use-usage.ts";

/** Over pages where something is made: a limit that is nearly reached, or reached. Hidden, it comes again with the next limit or day. */
export function UsageBanner() {
  const { usage } = useWords();
  const { data } = useUsage();
  const [hidden, setHidden] = useKept("usage-banner", "", (kept) => typeof kept === "string");
  const nearest = data === undefined ? null : findNearest(limitsOf(data));
  if (nearest === null || nearest.percent === null) return null;
  const isFull = nearest.percent >= 100;
  const name = `${nearest.metric} ${nearest.resetsAt} ${isFull ? "full" : "nearly"}`;
  if (name === hidden) return null;
  const metric = usage.metrics[nearest.metric];
  return (
    <div className="usage-banner">
      <Notice
        tone="warn"
        action={
          <div className="usage-banner-acts">
            <ButtonLink kind="quiet" href="/usage">
              {usage.bannerLook}
            </ButtonLink>
            <IconButton label={usage.bannerHide} icon={<X size={18} />} onClick={() => setHidden(name)} />
          </div>
        }
      >
        {isFull ? usage.bannerFull(metric) : usage.banner(metric, percentText(nearest.percent))}
      </Notice>
    </div>
  );
}
