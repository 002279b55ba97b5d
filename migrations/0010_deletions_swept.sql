DROP INDEX `deletions_open`;--> statement-breakpoint
ALTER TABLE `deletions` ADD `swept_at_ms` integer;--> statement-breakpoint
CREATE INDEX `deletions_unswept` ON `deletions` (`requested_at_ms`) WHERE "deletions"."swept_at_ms" is null;--> statement-breakpoint
CREATE INDEX `deletions_by_digest` ON `deletions` (`email_digest`);