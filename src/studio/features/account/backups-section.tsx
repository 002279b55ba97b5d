import { useWords } from "../../app/words.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Time } from "../../ui/time.tsx";
import { useBackupStatus } from "./queries.ts";
import { Section } from "./section.tsx";

export function BackupsSection() {
  const { account } = useWords();
  const status = useBackupStatus();
  return (
    <Section id="backups" title={account.parts.backups} intro={account.backupsIntro}>
      <Loaded query={status}>
        {({ last_backup_at: lastAt, next_backup_at: nextAt }) => (
          <dl className="facts-list">
            <div>
              <dt className="soft">{account.lastBackup}</dt>
              <dd>{lastAt === null ? account.noBackup : <Time at={lastAt} />}</dd>
            </div>
            <div>
              <dt className="soft">{account.nextBackup}</dt>
              <dd>
                <Time at={nextAt} />
              </dd>
            </div>
          </dl>
        )}
      </Loaded>
    </Section>
  );
}
