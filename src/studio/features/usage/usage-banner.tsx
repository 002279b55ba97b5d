import "./usage-banner.css";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { keep, readKept, useKept } from "../../app/kept.ts";
import { useWords } from "../../app/words.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Notice } from "../../ui/parts.tsx";
import { findNearest, isLimit, type Limit, limitsOf, percentText, useUsage } from "./use-usage.ts";

/** Over pages where something is made: a limit that is nearly reached, or reached. Hidden, it comes again with the next limit or day. */
export function UsageBanner() {
  const { usage } = useWords();
  const [hidden, setHidden] = useKept("usage-banner", "", (kept) => typeof kept === "string");
  const { nearest, isLate } = useNearest();
  if (nearest === null || nearest.percent === null) return null;
  const isFull = nearest.percent >= 100;
  const name = `${nearest.metric} ${nearest.resetsAt} ${isFull ? "full" : "nearly"}`;
  if (name === hidden) return null;
  const metric = usage.metrics[nearest.metric];
  return (
    <div className={isLate ? "usage-banner usage-banner-late" : "usage-banner"}>
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

const keptName = "usage-near";

/**
 * What was known before the page was drawn has its place in it from the beginning, until the service says otherwise. What comes to
 * be known later lies over the page, since nothing that somebody reads or presses is to move away from under them.
 */
function useNearest(): { nearest: Limit | null; isLate: boolean } {
  const { data } = useUsage();
  const [known] = useState(readNear);
  const [isLate] = useState(data === undefined && known === null);
  const nearest = data === undefined ? known : findNearest(limitsOf(data));
  useEffect(() => {
    if (data !== undefined) keep(keptName, nearest);
  }, [data, nearest]);
  return { nearest, isLate };
}

/** Of this tab; null: nothing was near, or it has begun anew since. */
function readNear(): Limit | null {
  const kept = readKept(keptName);
  if (!isLimit(kept)) return null;
  return kept.resetsAt === null || Date.parse(kept.resetsAt) > Date.now() ? kept : null;
}
