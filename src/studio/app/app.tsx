import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Redirect, Route, Switch, useLocation, useRoute } from "wouter";
import { CreatePage } from "../features/create/create-page.tsx";
import { UsageBanner } from "../features/usage/usage-banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/parts.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { CrashGuard } from "./crash-guard.tsx";
import {
  AccountPage,
  AdminPage,
  BillingPage,
  DeletionPage,
  LibraryPage,
  ProjectPage,
  ProjectsPage,
  SignInPage,
  UsagePage,
  VideoPage,
} from "./pages.ts";
import { createQueryClient } from "./queries.ts";
import { startSession, useSession } from "./session.ts";
import { PageSkeleton, Shell } from "./shell.tsx";
import { useTitle } from "./use-title.ts";
import { useWords } from "./words.ts";

const LostSession = lazy(async () => ({ default: (await import("./lost-session.tsx")).LostSession }));

export function App() {
  const [queryClient] = useState(createQueryClient);
  const session = useSession();
  useEffect(() => {
    // Nobody sees what the one before them has read.
    if (session.status === "out") queryClient.clear();
    if (session.status === "in") void queryClient.invalidateQueries();
  }, [session.status, queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <Doors />
      <Toasts />
    </QueryClientProvider>
  );
}

/** Who is not signed in signs in where they are, and is then on the very page they wanted. */
function Doors() {
  const session = useSession();
  const [, receipt] = useRoute("/deletions/:id");
  // For who has no account any more.
  if (receipt !== null) {
    return (
      <Suspense fallback={<div className="first-blank" />}>
        <DeletionPage id={receipt.id} />
      </Suspense>
    );
  }
  switch (session.status) {
    case "starting":
      return <div className="first-blank" />;
    case "unreachable":
      return <Unreachable />;
    case "out":
      return (
        <Suspense fallback={<div className="first-blank" />}>
          <SignInPage />
        </Suspense>
      );
    case "in":
    case "lost":
      return (
        <Shell user={session.user}>
          <Pages />
          {session.status === "lost" && (
            <Suspense fallback={null}>
              <LostSession email={session.user.email} />
            </Suspense>
          )}
        </Shell>
      );
  }
}

/** Where something is begun that a limit may stop. */
const usageBannerPaths = ["/create", "/library"];

function Pages() {
  const [path] = useLocation();
  useEffect(() => {
    if (path !== "") window.scrollTo(0, 0);
  }, [path]);
  return (
    <CrashGuard key={path}>
      {usageBannerPaths.includes(path) && <UsageBanner />}
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/create" component={CreatePage} />
          <Route path="/videos/:id">{({ id }) => <VideoPage key={id} id={id} />}</Route>
          <Route path="/library" component={LibraryPage} />
          <Route path="/projects" component={ProjectsPage} />
          <Route path="/projects/:id">{({ id }) => <ProjectPage key={id} id={id} />}</Route>
          <Route path="/account" component={AccountPage} />
          <Route path="/admin/:part?">{({ part }) => <AdminPage part={part} />}</Route>
          <Route path="/billing" component={BillingPage} />
          <Route path="/usage" component={UsagePage} />
          <Route path="/">
            <Redirect to="/create" replace />
          </Route>
          <Route path="/sign-in">
            <Redirect to="/create" replace />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </CrashGuard>
  );
}

function NotFound() {
  const { shell } = useWords();
  useTitle(shell.notFoundTitle);
  return (
    <EmptyState
      title={shell.notFoundTitle}
      text={shell.notFound}
      action={<ButtonLink href="/create">{shell.toStart}</ButtonLink>}
    />
  );
}

function Unreachable() {
  const { shell } = useWords();
  useTitle("");
  return (
    <main className="page">
      <EmptyState
        title={shell.unreachableTitle}
        text={shell.unreachable}
        action={
          <Button kind="main" onClick={() => void startSession()}>
            {shell.again}
          </Button>
        }
      />
    </main>
  );
}
