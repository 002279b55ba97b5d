import "./library.css";
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { VideoAnswer, VideosAnswer } from "../../../contract/videos.ts";
import { deleteVideo, listVideos } from "../../../sdk/operations/videos.ts";
import { problemWords } from "../../app/problem-words.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import papercut from "../../stills/style-papercut.webp";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Choices } from "../../ui/choices.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { TextField } from "../../ui/field.tsx";
import { EmptyState, Notice, Skeleton } from "../../ui/parts.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { filters, searchMax, useWanted, type Wanted } from "./use-wanted.ts";
import { VideoCard } from "./video-card.tsx";

const pageSize = 24;
/** While one of those in sight is being made. */
const pollMs = 5_000;

export function LibraryPage() {
  const words = useWords();
  const { library, shell } = words;
  const { filter, words: sought, typed, setFilter, setTyped } = useWanted();
  const [removing, setRemoving] = useState<VideoAnswer | null>(null);
  const query = useVideos({ filter, words: sought });
  useTitle(library.title);
  const showAll = () => {
    setFilter("all");
    setTyped("");
  };
  const videos = query.data?.pages.flatMap(({ data }) => data);
  return (
    <div className="library">
      <header className="library-head">
        <h1>{library.heading}</h1>
        <search className="library-wanted">
          <TextField
            label={library.search}
            isLabelSeen={false}
            name="search"
            type="search"
            maxLength={searchMax}
            placeholder={library.search}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Choices
            kind="segments"
            label={library.filter}
            isLabelSeen={false}
            value={filter}
            options={filters.map((value) => ({ value, label: library.filters[value] }))}
            onChange={setFilter}
          />
        </search>
      </header>
      {query.error !== null && (
        <Notice tone="bad" action={<Button onClick={() => void query.refetch()}>{shell.again}</Button>}>
          {problemWords(query.error, words)}
        </Notice>
      )}
      {videos === undefined && query.error === null && <GridSkeleton />}
      <p className="unseen" role="status">
        {sought !== "" && videos !== undefined && library.found(videos.length, query.hasNextPage)}
      </p>
      {videos?.length === 0 && <Nothing filter={filter} words={sought} onAll={showAll} />}
      {videos !== undefined && videos.length > 0 && (
        <ul className="grid">
          {videos.map((video) => (
            <VideoCard key={video.id} video={video} onRemove={() => setRemoving(video)} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className="centre">
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {library.more}
          </Button>
        </div>
      )}
      <Removal video={removing} onClose={() => setRemoving(null)} />
    </div>
  );
}

function useVideos({ filter, words }: Pick<Wanted, "filter" | "words">) {
  const asked = { ...(filter === "all" ? {} : { status: filter }), ...(words === "" ? {} : { query: words }) };
  return useInfiniteQuery({
    queryKey: queryKeys.videos(asked),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      return transport.call(listVideos, { limit: pageSize, ...asked, ...cursor }, { signal });
    },
    // What was found stays in sight while the next letters are looked for.
    ...(words === "" ? {} : { placeholderData: keepPreviousData }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: VideosAnswer) => page.next_cursor,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ data }) => data.some(isRunning)) ? pollMs : false),
  });
}

function isRunning({ finished_at: finishedAt }: VideoAnswer): boolean {
  return finishedAt === null;
}

function Nothing({ filter, words, onAll }: Pick<Wanted, "filter" | "words"> & { onAll(): void }) {
  const { library } = useWords();
  if (words !== "") {
    return (
      <EmptyState
        title={library.notFound(words)}
        text={filter === "all" ? library.notFoundText : library.notFoundHere(library.filters[filter])}
        action={<Button onClick={onAll}>{library.searchAll}</Button>}
      />
    );
  }
  if (filter !== "all") return <EmptyState title={library.emptyFilterTitle} text={library.emptyFilter} />;
  return (
    <EmptyState
      title={library.emptyTitle}
      text={library.empty}
      picture={papercut}
      action={
        <ButtonLink kind="main" href="/create">
          {library.first}
        </ButtonLink>
      }
    />
  );
}

function GridSkeleton() {
  const { shell } = useWords();
  return (
    <ul className="grid" role="status" aria-label={shell.loading}>
      {Array.from({ length: 6 }, (_, index) => index).map((index) => (
        <li key={index}>
          <Skeleton className="card-skeleton" />
        </li>
      ))}
    </ul>
  );
}

function Removal({ video, onClose }: { video: VideoAnswer | null; onClose(): void }) {
  const words = useWords();
  const { video: say } = words;
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: (id: string) => transport.call(deleteVideo, { id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.allVideos });
      void queryClient.invalidateQueries({ queryKey: queryKeys.balance });
      showToast(say.removed);
      onClose();
    },
  });
  return (
    <Confirm
      isOpen={video !== null}
      onClose={onClose}
      title={say.removeTitle}
      text={video !== null && isRunning(video) ? say.removeRunning : say.removeText}
      error={error === null ? undefined : problemWords(error, words)}
      stay={say.keep}
      go={say.doRemove}
      isBusy={isPending}
      onGo={() => video !== null && mutate(video.id)}
    />
  );
}
