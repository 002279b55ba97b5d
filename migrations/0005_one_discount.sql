ALTER TABLE `videos` ADD `discount_of` text;--> statement-breakpoint
CREATE UNIQUE INDEX `videos_one_discount` ON `videos` (`discount_of`) WHERE "videos"."status" not in ('failed', 'cancelled');