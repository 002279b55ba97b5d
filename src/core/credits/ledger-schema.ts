import { addClaimsAndChain } from "./ledger-claims-schema.ts";
import type { LedgerMigration } from "./ledger-migration.ts";

/**
 * The tables of one tenant's ledger, oldest first; only ever added to. The rules live in the core: what is written here
 * is the second wall, which holds even when a rule is wrong.
 */
export const ledgerMigrations: readonly LedgerMigration[] = [
  `
  CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    debits INTEGER NOT NULL DEFAULT 0,
    credits INTEGER NOT NULL DEFAULT 0,
    CHECK (name = 'issued' OR credits >= debits),
    -- The largest integer JavaScript can tell apart from its neighbours.
    CHECK (max(debits, credits) <= 9007199254740991)
  ) STRICT;
  INSERT INTO accounts (name) VALUES ('issued'), ('available'), ('held'), ('spent');

  CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Place among the transactions that customers see, from 1 without gaps; a capture has none.
    transaction_number INTEGER UNIQUE,
    operation_id TEXT NOT NULL REFERENCES operations (id),
    type TEXT NOT NULL CHECK (type IN ('purchase', 'topup', 'usage', 'refund', 'bonus', 'adjustment', 'capture')),
    debit TEXT NOT NULL REFERENCES accounts (name),
    credit TEXT NOT NULL REFERENCES accounts (name),
    amount INTEGER NOT NULL CHECK (amount > 0),
    -- Of the account 'available'.
    balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
    description TEXT NOT NULL,
    video_id TEXT,
    payment_id TEXT,
    created_at_ms INTEGER NOT NULL,
    CHECK (debit <> credit),
    CHECK ((type = 'capture') = (transaction_number IS NULL)),
    CHECK ((type = 'capture') = ('available' NOT IN (debit, credit)))
  ) STRICT;
  CREATE INDEX entries_bought ON entries (amount) WHERE type IN ('purchase', 'topup');
  CREATE TRIGGER entries_move_accounts AFTER INSERT ON entries BEGIN
    UPDATE accounts SET debits = debits + NEW.amount WHERE name = NEW.debit;
    UPDATE accounts SET credits = credits + NEW.amount WHERE name = NEW.credit;
  END;
  CREATE TRIGGER entries_refuse_update BEFORE UPDATE ON entries BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
  END;
  CREATE TRIGGER entries_refuse_delete BEFORE DELETE ON entries BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
  END;

  CREATE TABLE operations (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'hold')),
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER operations_refuse_update BEFORE UPDATE ON operations BEGIN
    SELECT RAISE(ABORT, 'operations are kept for ever');
  END;
  CREATE TRIGGER operations_refuse_delete BEFORE DELETE ON operations BEGIN
    SELECT RAISE(ABORT, 'operations are kept for ever');
  END;

  CREATE TABLE holds (
    id TEXT PRIMARY KEY REFERENCES operations (id),
    status TEXT NOT NULL DEFAULT 'held' CHECK (status IN ('held', 'captured', 'released')),
    credits INTEGER NOT NULL CHECK (credits >= 0),
    usage TEXT NOT NULL,
    -- The windows it was counted in, and is given back to.
    day TEXT NOT NULL,
    month TEXT NOT NULL,
    credits_charged INTEGER NOT NULL DEFAULT 0,
    usage_charged TEXT,
    balance_after INTEGER,
    settled_at_ms INTEGER,
    CHECK (credits_charged BETWEEN 0 AND credits),
    CHECK (status = 'captured' OR credits_charged = 0),
    CHECK ((status = 'held') = (settled_at_ms IS NULL)),
    CHECK ((settled_at_ms IS NULL) = (balance_after IS NULL) AND (settled_at_ms IS NULL) = (usage_charged IS NULL))
  ) STRICT;
  CREATE TRIGGER holds_settle_once BEFORE UPDATE ON holds WHEN OLD.status <> 'held' BEGIN
    SELECT RAISE(ABORT, 'a hold settles once');
  END;
  CREATE TRIGGER holds_refuse_delete BEFORE DELETE ON holds BEGIN
    SELECT RAISE(ABORT, 'holds are kept for ever');
  END;

  CREATE TABLE counters (
    -- A UTC day (2026-11-30) or month (2026-11).
    period TEXT NOT NULL,
    metric TEXT NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (period, metric)
  ) STRICT, WITHOUT ROWID;

  -- One row. Entries never change, so how far they were copied to D1 says which are still to be copied.
  CREATE TABLE outbox (
    only_row INTEGER PRIMARY KEY DEFAULT 1 CHECK (only_row = 1),
    tenant_id TEXT NOT NULL,
    copied_through INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    armed_for_ms INTEGER
  ) STRICT;
  `,
  `
  -- Places of the day that a hold takes: an image takes none.
  ALTER TABLE holds ADD COLUMN videos INTEGER NOT NULL DEFAULT 1 CHECK (videos IN (0, 1));

  -- Every id that was ever stored, refused or given back: none of them is stored again.
  CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    is_kept INTEGER NOT NULL CHECK (is_kept IN (0, 1)),
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER uploads_refuse_delete BEFORE DELETE ON uploads BEGIN
    SELECT RAISE(ABORT, 'uploads are kept for ever');
  END;
  `,
  addClaimsAndChain,
];
