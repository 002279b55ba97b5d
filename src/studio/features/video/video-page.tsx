import "./video.css";
import { Trash2, X } from "lucide-react";
import { useState } from "react";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { problemWords } from "../../app/problem-words.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Badge, EmptyState, Notice, Skeleton } from "../../ui/parts.tsx";
import { Downloads, Facts, Said, Share } from "./finished.tsx";
import { Player } from "./player.tsx";
import { Stages } from "./stages.tsx";
import { usePromotionPrice, useRetryPrice } from "./use-prices.ts";
import { hasEnded, useVideo } from "./use-video.ts";
import { useVideoActs } from "./use-video-acts.ts";

export function VideoPage({ id }: { id: string }) {
  const words = useWords();
  const { data: video, error, isLive, refetch } = useVideo(id);
  useTitle(video?.title ?? words.video.title);
  if (video !== undefined) return <Video video={video} isLive={isLive} />;
  if (error instanceof ShujaaError && error.status === 404) {
    return (
      <EmptyState
        title={words.video.gone}
        text={words.video.goneText}
        action={<ButtonLink href="/library">{words.video.library}</ButtonLink>}
      />
    );
  }
  if (error !== null) {
    return (
      <Notice tone="bad" action={<Button onClick={() => void refetch()}>{words.shell.again}</Button>}>
        {problemWords(error, words)}
      </Notice>
    );
  }
  return (
    <div className="video-page" role="status">
      <span className="unseen">{words.shell.loading}</span>
      <Skeleton className="skeleton-title" />
      <Skeleton className="skeleton-block skeleton-tall" />
    </div>
  );
}

function Video({ video, isLive }: { video: VideoAnswer; isLive: boolean }) {
  const { video: words, library, shell } = useWords();
  const { output } = video;
  return (
    <div className="video-page">
      <header className="video-head">
        <div>
          <h1>{video.title}</h1>
          <p className="video-sub">
            {video.options.draft && <Badge tone="accent">{library.draft}</Badge>}
            {!hasEnded(video) && <span className="small soft">{words.costs(shell.credits(video.credits_used))}</span>}
          </p>
        </div>
        <Acts video={video} />
      </header>
      {!hasEnded(video) && <Stages video={video} isLive={isLive} />}
      {video.status === "failed" && <Failure video={video} />}
      {video.status === "cancelled" && <Notice tone="plain">{words.cancelled}</Notice>}
      {output !== undefined && (
        <div className={`watch ${output.width > output.height ? "watch-wide" : ""}`}>
          <div className="watch-main">
            <Player video={video} output={output} />
            <Said video={video} />
          </div>
          <div className="watch-side">
            {video.options.draft && <Promotion video={video} />}
            <Downloads video={video} output={output} />
            <Share output={output} />
            <Facts video={video} output={output} />
          </div>
        </div>
      )}
      {output === undefined && video.scenes.length > 0 && <Said video={video} />}
    </div>
  );
}

function Acts({ video }: { video: VideoAnswer }) {
  const words = useWords();
  const { video: say, shell } = words;
  const [asked, setAsked] = useState<"cancel" | "remove" | null>(null);
  const { cancel, remove } = useVideoActs(video.id);
  const isRunning = !hasEnded(video);
  const close = () => setAsked(null);
  return (
    <div className="row acts">
      <ButtonLink href="/create">{say.another}</ButtonLink>
      {isRunning && (
        <Button icon={<X size={18} aria-hidden />} onClick={() => setAsked("cancel")}>
          {say.cancel}
        </Button>
      )}
      <Button kind="quiet" icon={<Trash2 size={18} aria-hidden />} onClick={() => setAsked("remove")}>
        {say.remove}
      </Button>
      <Confirm
        isOpen={asked === "cancel" && isRunning}
        onClose={close}
        title={say.cancelTitle}
        text={say.cancelText(shell.credits(video.credits_used))}
        error={cancel.error === null ? undefined : problemWords(cancel.error, words)}
        stay={say.keepGoing}
        go={say.doCancel}
        isBusy={cancel.isPending}
        onGo={() => cancel.mutate()}
      />
      <Confirm
        isOpen={asked === "remove"}
        onClose={close}
        title={say.removeTitle}
        text={isRunning ? say.removeRunning : say.removeText}
        error={remove.error === null ? undefined : problemWords(remove.error, words)}
        stay={say.keep}
        go={say.doRemove}
        isBusy={remove.isPending}
        onGo={() => remove.mutate()}
      />
    </div>
  );
}

function Failure({ video }: { video: VideoAnswer }) {
  const words = useWords();
  const { video: say, shell, problems, language } = words;
  const { retry } = useVideoActs(video.id);
  const price = useRetryPrice(video);
  const { error, credits_used: credits } = video;
  const detail = language === "en" ? error?.detail : error && problems.byCode[error.code];
  return (
    <section className="card stack failure">
      <div className="failure-head">
        <h2>{say.doing.failed}</h2>
        {error?.charged === true ? (
          <Badge tone="warn">{say.charged(shell.credits(credits))}</Badge>
        ) : (
          <Badge tone="good">{say.notCharged}</Badge>
        )}
      </div>
      {detail !== undefined && <p>{detail}</p>}
      {retry.error !== null && <Notice tone="bad">{problemWords(retry.error, words)}</Notice>}
      {error?.retryable !== false && (
        <div>
          <Button
            kind="main"
            isBusy={retry.isPending}
            price={price === undefined ? undefined : say.atMost(shell.credits(price))}
            onClick={() => retry.mutate()}
          >
            {say.retry}
          </Button>
        </div>
      )}
    </section>
  );
}

function Promotion({ video }: { video: VideoAnswer }) {
  const words = useWords();
  const { video: say, shell } = words;
  const { promote } = useVideoActs(video.id);
  const credits = usePromotionPrice(video);
  return (
    <section className="card stack">
      <p>{say.promoteHint}</p>
      {promote.error !== null && <Notice tone="bad">{problemWords(promote.error, words)}</Notice>}
      <Button
        kind="main"
        isWide
        isBusy={promote.isPending}
        price={credits === undefined ? undefined : say.atMost(shell.credits(credits))}
        onClick={() => promote.mutate()}
      >
        {say.promote}
      </Button>
    </section>
  );
}
