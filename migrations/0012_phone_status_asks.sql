CREATE TABLE `phone_status_asks` (
	`payment_id` text PRIMARY KEY NOT NULL,
	`receipt` text NOT NULL,
	`secret_hash` text NOT NULL,
	`conversation_id` text,
	`asked_at_ms` integer NOT NULL,
	`outcome` text,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phone_status_asks_secret_hash_unique` ON `phone_status_asks` (`secret_hash`);