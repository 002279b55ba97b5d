import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unlinkIdentity } from "../../../sdk/operations/auth.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Notice } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { accountKeys, useIdentities, useProviders } from "./queries.ts";
import { Section } from "./section.tsx";

const names = { google: "Google", github: "GitHub" } as const;

export function ProvidersSection() {
  const words = useWords();
  const { account } = words;
  const identities = useIdentities();
  const providers = useProviders();
  const queryClient = useQueryClient();
  const unlink = useMutation({
    mutationFn: (provider: string) => transport.call(unlinkIdentity, { provider }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountKeys.identities });
      showToast(account.unlinked);
    },
  });
  const linked = identities.data?.data ?? [];
  const open = providers.data?.data.filter(({ provider }) => !linked.some((one) => one.provider === provider)) ?? [];
  return (
    <Section id="providers" title={account.parts.providers} intro={account.providersIntro}>
      {unlink.error !== null && <Notice tone="bad">{problemWords(unlink.error, words)}</Notice>}
      <Loaded query={identities}>
        {({ data }) => (
          <ul className="rows">
            {data.map((identity) => (
              <li key={identity.provider} className="row-item">
                <div className="row-words">
                  <span className="row-name">{names[identity.provider]}</span>
                  <span className="small soft">
                    {identity.email} · {account.lastUsed} <Time at={identity.last_used_at} />
                  </span>
                </div>
                <Button
                  isBusy={unlink.isPending && unlink.variables === identity.provider}
                  onClick={() => unlink.mutate(identity.provider)}
                >
                  {account.unlink}
                </Button>
              </li>
            ))}
            {open.map(({ provider, start_url: startUrl }) => (
              <li key={provider} className="row-item">
                <div className="row-words">
                  <span className="row-name">{names[provider]}</span>
                  <span className="small soft">{account.linkHint}</span>
                </div>
                <a className="button button-plain" href={`${startUrl}?return_to=${encodeURIComponent("/account")}`}>
                  {account.link}
                </a>
              </li>
            ))}
            {data.length === 0 && open.length === 0 && <li className="small soft">{account.noProviders}</li>}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
