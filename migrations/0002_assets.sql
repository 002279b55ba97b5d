CREATE TABLE `assets` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`content_type` text NOT NULL,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`width` integer,
	`height` integer,
	`duration_seconds` real,
	`has_thumbnail` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`deleted_at_ms` integer,
	`purged_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `assets_by_tenant` ON `assets` (`tenant_id`,`created_at_ms`);--> statement-breakpoint
CREATE UNIQUE INDEX `assets_by_content` ON `assets` (`tenant_id`,`sha256`) WHERE "assets"."deleted_at_ms" is null;--> statement-breakpoint
CREATE INDEX `assets_unpurged` ON `assets` (`deleted_at_ms`) WHERE "assets"."deleted_at_ms" is not null and "assets"."purged_at_ms" is null;--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`started_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `uploads_by_age` ON `uploads` (`started_at_ms`);--> statement-breakpoint
CREATE TABLE `images` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`prompt` text NOT NULL,
	`aspect` text NOT NULL,
	`style` text NOT NULL,
	`provider` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`credits` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`settled_at_ms` integer,
	`deleted_at_ms` integer,
	`purged_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `images_by_tenant` ON `images` (`tenant_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `images_unsettled` ON `images` (`created_at_ms`) WHERE "images"."settled_at_ms" is null;--> statement-breakpoint
CREATE INDEX `images_unpurged` ON `images` (`deleted_at_ms`) WHERE "images"."deleted_at_ms" is not null and "images"."purged_at_ms" is null;