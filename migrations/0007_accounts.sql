CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`prefix` text NOT NULL,
	`last_four` text NOT NULL,
	`origins` text,
	`is_default` integer DEFAULT false NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_used_at_ms` integer,
	`expires_at_ms` integer,
	`revoked_at_ms` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_tenant` ON `api_keys` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `api_keys_by_user` ON `api_keys` (`user_id`);--> statement-breakpoint
CREATE TABLE `one_time_links` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`email` text NOT NULL,
	`user_id` text,
	`browser_hash` text,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_links_token_hash_unique` ON `one_time_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `one_time_links_by_user` ON `one_time_links` (`user_id`);--> statement-breakpoint
CREATE INDEX `one_time_links_by_email` ON `one_time_links` (`email`);--> statement-breakpoint
CREATE INDEX `one_time_links_by_expiry` ON `one_time_links` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`token_hash` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`accepted_at_ms` integer,
	`revoked_at_ms` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_by_tenant` ON `invitations` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `invitations_by_email` ON `invitations` (`email`);--> statement-breakpoint
CREATE TABLE `identities` (
	`provider` text NOT NULL,
	`subject` text NOT NULL,
	`user_id` text NOT NULL,
	`email` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_used_at_ms` integer NOT NULL,
	PRIMARY KEY(`provider`, `subject`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `identities_by_user` ON `identities` (`user_id`);--> statement-breakpoint
CREATE TABLE `passwords` (
	`user_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`set_at_ms` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `audit_seals` (
	`chain` text NOT NULL,
	`sequence` integer NOT NULL,
	`last_row_id` text NOT NULL,
	`last_row_at_ms` integer NOT NULL,
	`rows` integer NOT NULL,
	`hash` text NOT NULL,
	`sealed_at_ms` integer NOT NULL,
	PRIMARY KEY(`chain`, `sequence`)
);
--> statement-breakpoint
CREATE TABLE `backups` (
	`night` text PRIMARY KEY NOT NULL,
	`started_at_ms` integer NOT NULL,
	`completed_at_ms` integer,
	`tenants` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tenant_backups` (
	`night` text NOT NULL,
	`tenant_id` text NOT NULL,
	`completed_at_ms` integer,
	`bytes` integer DEFAULT 0 NOT NULL,
	`sha256` text,
	PRIMARY KEY(`night`, `tenant_id`)
);
--> statement-breakpoint
CREATE INDEX `tenant_backups_by_tenant` ON `tenant_backups` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient` text,
	`template` text NOT NULL,
	`language` text NOT NULL,
	`values` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`next_try_at_ms` integer,
	`sent_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `mails_waiting` ON `mails` (`next_try_at_ms`) WHERE "mails"."next_try_at_ms" is not null;--> statement-breakpoint
CREATE TABLE `data_exports` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_until_ms` integer DEFAULT 0 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`ready_at_ms` integer,
	`expires_at_ms` integer,
	`size` integer,
	`sha256` text,
	`purged_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `data_exports_one_at_a_time` ON `data_exports` (`tenant_id`) WHERE "data_exports"."status" = 'running';--> statement-breakpoint
CREATE INDEX `data_exports_by_tenant` ON `data_exports` (`tenant_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `data_exports_unpurged` ON `data_exports` (`created_at_ms`) WHERE "data_exports"."purged_at_ms" is null;--> statement-breakpoint
CREATE TABLE `deletions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`tenant_ids` text NOT NULL,
	`email_digest` text NOT NULL,
	`requested_at_ms` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_until_ms` integer DEFAULT 0 NOT NULL,
	`completed_at_ms` integer,
	`counts` text
);
--> statement-breakpoint
CREATE INDEX `deletions_open` ON `deletions` (`requested_at_ms`) WHERE "deletions"."completed_at_ms" is null;--> statement-breakpoint
ALTER TABLE `sessions` ADD `method` text DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `authenticated_at_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `generation` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `refreshed_at_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `refreshed_by` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `salt` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_tenant` ON `sessions` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at_ms`);--> statement-breakpoint
ALTER TABLE `tenants` ADD `closed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `email_proven_at_ms` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `disabled_at_ms` integer;