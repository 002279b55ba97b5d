/**
 * The third step of the ledger's tables: payments, the claims on them, freezes, what is owed, and the hash chain. SQLite
 * cannot change a CHECK, so the tables that have new ones are made again around their rows; the entries that are there
 * already get their hashes.
 */
import { firstPreviousHash, type HashedEntry, hashEntry } from "./entry.ts";
import type { LedgerMigration } from "./ledger-migration.ts";

/** Children before their parents, so that no reference is broken on the way. */
const setAside = `
  CREATE TABLE kept_entries AS SELECT * FROM entries;
  CREATE TABLE kept_holds AS SELECT * FROM holds;
  CREATE TABLE kept_operations AS SELECT * FROM operations;
  CREATE TABLE kept_accounts AS SELECT * FROM accounts;
  DROP TABLE entries;
  DROP TABLE holds;
  DROP TABLE operations;
  DROP TABLE accounts;
`;

const remade = `
  CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    debits INTEGER NOT NULL DEFAULT 0,
    credits INTEGER NOT NULL DEFAULT 0,
    CHECK (name IN ('issued', 'owed') OR credits >= debits),
    CHECK (name <> 'owed' OR credits <= debits),
    -- The largest integer JavaScript can tell apart from its neighbours.
    CHECK (max(debits, credits) <= 9007199254740991)
  ) STRICT;
  INSERT INTO accounts SELECT * FROM kept_accounts;
  INSERT INTO accounts (name) VALUES ('owed');

  CREATE TABLE operations (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'hold', 'adjust', 'waive', 'claim')),
    fingerprint TEXT NOT NULL,
    -- A claim is taken and given back: its two answers are in claims.
    answer TEXT,
    created_at_ms INTEGER NOT NULL,
    CHECK ((kind = 'claim') = (answer IS NULL))
  ) STRICT;
  INSERT INTO operations SELECT * FROM kept_operations;
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
    -- Places of the day that it takes: an image takes none.
    videos INTEGER NOT NULL DEFAULT 1 CHECK (videos IN (0, 1)),
    CHECK (credits_charged BETWEEN 0 AND credits),
    CHECK (status = 'captured' OR credits_charged = 0),
    CHECK ((status = 'held') = (settled_at_ms IS NULL)),
    CHECK ((settled_at_ms IS NULL) = (balance_after IS NULL) AND (settled_at_ms IS NULL) = (usage_charged IS NULL))
  ) STRICT;
  INSERT INTO holds SELECT * FROM kept_holds;
  CREATE INDEX holds_by_day ON holds (day);
  CREATE TRIGGER holds_settle_once BEFORE UPDATE ON holds WHEN OLD.status <> 'held' BEGIN
    SELECT RAISE(ABORT, 'a hold settles once');
  END;
  CREATE TRIGGER holds_refuse_delete BEFORE DELETE ON holds BEGIN
    SELECT RAISE(ABORT, 'holds are kept for ever');
  END;

  CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Place among the transactions that customers see, from 1 without gaps.
    transaction_number INTEGER UNIQUE,
    operation_id TEXT NOT NULL REFERENCES operations (id),
    type TEXT NOT NULL CHECK (
      type IN ('purchase', 'topup', 'usage', 'refund', 'bonus', 'adjustment', 'capture', 'shortfall', 'waiver')
    ),
    debit TEXT NOT NULL REFERENCES accounts (name),
    credit TEXT NOT NULL REFERENCES accounts (name),
    amount INTEGER NOT NULL CHECK (amount > 0 OR (amount = 0 AND type = 'usage')),
    -- Of the account 'available'.
    balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
    description TEXT NOT NULL,
    video_id TEXT,
    payment_id TEXT,
    created_at_ms INTEGER NOT NULL,
    -- Of this entry and of the one before it.
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    CHECK (debit || ' to ' || credit IN (
      'issued to available', 'available to issued', 'available to held', 'held to available', 'held to spent',
      'owed to issued', 'issued to owed', 'available to owed'
    )),
    CHECK ((type IN ('capture', 'shortfall', 'waiver')) = (transaction_number IS NULL)),
    CHECK ((type IN ('capture', 'shortfall', 'waiver')) = ('available' NOT IN (debit, credit)))
  ) STRICT;
  CREATE INDEX entries_bought ON entries (amount) WHERE type IN ('purchase', 'topup');
`;

const claims = `
  -- The accounts were kept as they are: only what is posted from now on moves them.
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

  -- What was granted for a payment, and how much of it was taken back, what is owed included.
  CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    operation_id TEXT NOT NULL REFERENCES operations (id),
    credits INTEGER NOT NULL CHECK (credits > 0),
    bonus INTEGER NOT NULL CHECK (bonus >= 0),
    -- Minor units of money, as its claims say.
    paid INTEGER CHECK (paid > 0),
    taken INTEGER NOT NULL DEFAULT 0 CHECK (taken BETWEEN 0 AND credits + bonus)
  ) STRICT;
  INSERT INTO payments (id, operation_id, credits, bonus)
    SELECT payment_id, min(operation_id), sum(amount), 0 FROM entries WHERE payment_id IS NOT NULL GROUP BY payment_id;
  CREATE TRIGGER payments_keep_their_grant BEFORE UPDATE ON payments
    WHEN (NEW.id, NEW.operation_id, NEW.credits, NEW.bonus) <> (OLD.id, OLD.operation_id, OLD.credits, OLD.bonus)
      OR NEW.paid IS NOT coalesce(OLD.paid, NEW.paid)
  BEGIN
    SELECT RAISE(ABORT, 'payments are kept for ever');
  END;
  CREATE TRIGGER payments_refuse_delete BEFORE DELETE ON payments BEGIN
    SELECT RAISE(ABORT, 'payments are kept for ever');
  END;

  CREATE TABLE claims (
    id TEXT PRIMARY KEY REFERENCES operations (id),
    payment_id TEXT NOT NULL REFERENCES payments (id),
    -- Minor units of money; null while only its restoring is known.
    amount INTEGER CHECK (amount > 0),
    reclaim_answer TEXT,
    restore_answer TEXT,
    CHECK ((amount IS NULL) = (reclaim_answer IS NULL)),
    CHECK (reclaim_answer IS NOT NULL OR restore_answer IS NOT NULL)
  ) STRICT;
  CREATE INDEX claims_of_payment ON claims (payment_id);
  CREATE TRIGGER claims_keep_what_they_have BEFORE UPDATE ON claims
    WHEN (NEW.id, NEW.payment_id) <> (OLD.id, OLD.payment_id)
      OR NEW.amount IS NOT coalesce(OLD.amount, NEW.amount)
      OR NEW.reclaim_answer IS NOT coalesce(OLD.reclaim_answer, NEW.reclaim_answer)
      OR NEW.restore_answer IS NOT coalesce(OLD.restore_answer, NEW.restore_answer)
  BEGIN
    SELECT RAISE(ABORT, 'claims are kept for ever');
  END;
  CREATE TRIGGER claims_refuse_delete BEFORE DELETE ON claims BEGIN
    SELECT RAISE(ABORT, 'claims are kept for ever');
  END;

  CREATE TABLE freezes (
    id TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX freezes_on ON freezes (id) WHERE is_on = 1;
  CREATE TRIGGER freezes_end_once BEFORE UPDATE ON freezes WHEN NEW.is_on > OLD.is_on BEGIN
    SELECT RAISE(ABORT, 'a freeze ends once');
  END;
  CREATE TRIGGER freezes_refuse_delete BEFORE DELETE ON freezes BEGIN
    SELECT RAISE(ABORT, 'freezes are kept for ever');
  END;

  DROP TABLE kept_entries;
  DROP TABLE kept_holds;
  DROP TABLE kept_operations;
  DROP TABLE kept_accounts;
`;

/** Held in memory at once, whatever the length of the history. */
const entriesPerPage = 1_000;

export const addClaimsAndChain: LedgerMigration = (sql, digest) => {
  sql.exec(setAside);
  sql.exec(remade);
  let previousHash = firstPreviousHash;
  let sequence = 0;
  for (;;) {
    const query = `
      SELECT sequence, id, transaction_number AS transactionNumber, operation_id AS operationId, type, debit, credit, amount,
        balance_after AS balanceAfter, description, video_id AS videoId, payment_id AS paymentId, created_at_ms AS createdAtMs
      FROM kept_entries WHERE sequence > ? ORDER BY sequence LIMIT ?`;
    const page = sql.exec<Omit<HashedEntry, "hash">>(query, sequence, entriesPerPage).toArray();
    for (const entry of page) {
      previousHash = hashEntry(entry, previousHash, digest);
      sql.exec("INSERT INTO entries SELECT *, ? FROM kept_entries WHERE sequence = ?", previousHash, entry.sequence);
      sequence = entry.sequence;
    }
    if (page.length < entriesPerPage) break;
  }
  sql.exec(claims);
};
