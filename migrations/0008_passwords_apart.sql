INSERT INTO `passwords` (`user_id`, `hash`, `set_at_ms`) SELECT `id`, `password_hash`, `created_at_ms` FROM `users`;--> statement-breakpoint
UPDATE `sessions` SET `authenticated_at_ms` = `created_at_ms`, `refreshed_at_ms` = `created_at_ms`;--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `password_hash`;
