CREATE TABLE `artefacts` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`content_type` text NOT NULL,
	`provider` text,
	`video_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`used_at_ms` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `artefacts_by_video` ON `artefacts` (`video_id`);--> statement-breakpoint
CREATE INDEX `artefacts_by_use` ON `artefacts` (`used_at_ms`);--> statement-breakpoint
CREATE TABLE `render_paces` (
	`shape` text PRIMARY KEY NOT NULL,
	`ratio` real NOT NULL,
	`updated_at_ms` integer NOT NULL
);
