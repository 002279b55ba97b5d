CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`title` text NOT NULL,
	`scenes` text NOT NULL,
	`options` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `projects_by_tenant` ON `projects` (`tenant_id`,`created_at_ms`);--> statement-breakpoint
ALTER TABLE `videos` ADD `seed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `videos` ADD `derived_from` text;--> statement-breakpoint
ALTER TABLE `videos` ADD `derived_as` text;--> statement-breakpoint
ALTER TABLE `videos` ADD `project_id` text;--> statement-breakpoint
ALTER TABLE `videos` ADD `billing` text DEFAULT '{"basis":{"kind":"full"},"usage":{"images":0,"speech_seconds":0,"render_seconds":0}}' NOT NULL;--> statement-breakpoint
CREATE INDEX `videos_by_project` ON `videos` (`project_id`,`created_at_ms`) WHERE "videos"."project_id" is not null;--> statement-breakpoint
CREATE INDEX `videos_by_origin` ON `videos` (`derived_from`) WHERE "videos"."derived_from" is not null;--> statement-breakpoint
UPDATE `videos` SET
	`seed` = `id`,
	`billing` = json_object('basis', json('{"kind":"full"}'), 'usage', json_object('images', coalesce(json_extract(`document`, '$.source.sceneCount'), json_array_length(`document`, '$.source.scenes')), 'speech_seconds', `ceiling_seconds`, 'render_seconds', `ceiling_seconds`)),
	`document` = json_set(json_remove(`document`, '$.voiceSpeed'), '$.format', 'mp4', '$.isDraft', json('false'), '$.voice', json_object('name', 'zuri', 'speed', json_extract(`document`, '$.voiceSpeed'), 'isPremium', json('false')), '$.isEnhanced', json('false'), '$.pictureStyle', 'flat', '$.grade', 'none', '$.transition', 'fade', '$.titles', 'off', '$.captions', json_object('mode', json_extract(`document`, '$.captions'), 'style', 'clean', 'position', 'bottom'), '$.music', json_object('bed', json_object('kind', 'mood', 'mood', json_extract(`document`, '$.music')), 'duckDb', 14), '$.loudnessLufs', -14, '$.brand', json('{}')),
	`output` = json_set(`output`, '$.sources', json('[]'))
WHERE json_extract(`document`, '$.voiceSpeed') IS NOT NULL;
