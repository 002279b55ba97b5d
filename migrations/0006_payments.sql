CREATE TABLE `payment_claims` (
	`id` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`state` text NOT NULL,
	`settled_state` text DEFAULT 'noted' NOT NULL,
	`provider_status` text NOT NULL,
	`provider_id` text,
	`reason` text,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payment_claims_amount" CHECK("payment_claims"."amount" > 0)
);
--> statement-breakpoint
CREATE INDEX `payment_claims_by_payment` ON `payment_claims` (`payment_id`);--> statement-breakpoint
CREATE INDEX `payment_claims_unsettled` ON `payment_claims` (`updated_at_ms`) WHERE "payment_claims"."state" <> "payment_claims"."settled_state";--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`provider` text NOT NULL,
	`purpose` text NOT NULL,
	`package_id` text,
	`plan` text,
	`credits` integer NOT NULL,
	`bonus` integer NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`state` text NOT NULL,
	`failure_code` text,
	`refunded_amount` integer DEFAULT 0 NOT NULL,
	`dispute_state` text DEFAULT 'none' NOT NULL,
	`attention` text,
	`payment_intent_id` text,
	`checkout_session_id` text,
	`invoice_id` text,
	`phone` text,
	`checkout_request_id` text,
	`merchant_request_id` text,
	`callback_secret_hash` text,
	`callback_origin` text,
	`receipt` text,
	`claimed_receipt` text,
	`checks` integer DEFAULT 0 NOT NULL,
	`checked_at_ms` integer,
	`next_check_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`paid_at_ms` integer,
	`fulfilled_at_ms` integer,
	CONSTRAINT "payments_amount" CHECK("payments"."amount" >= 0 and "payments"."credits" >= 0 and "payments"."bonus" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_payment_intent_id_unique` ON `payments` (`payment_intent_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_checkout_session_id_unique` ON `payments` (`checkout_session_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_invoice_id_unique` ON `payments` (`invoice_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_checkout_request_id_unique` ON `payments` (`checkout_request_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_callback_secret_hash_unique` ON `payments` (`callback_secret_hash`);--> statement-breakpoint
CREATE INDEX `payments_by_tenant` ON `payments` (`tenant_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `payments_by_age` ON `payments` (`created_at_ms`);--> statement-breakpoint
CREATE INDEX `payments_to_check` ON `payments` (`next_check_at_ms`) WHERE "payments"."next_check_at_ms" is not null;--> statement-breakpoint
CREATE INDEX `payments_unfulfilled` ON `payments` (`paid_at_ms`) WHERE "payments"."state" = 'paid' and "payments"."fulfilled_at_ms" is null;--> statement-breakpoint
CREATE INDEX `payments_for_a_person` ON `payments` (`created_at_ms`) WHERE "payments"."attention" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `payments_one_prompt_a_phone` ON `payments` (`phone`) WHERE "phone" is not null and "state" in ('created', 'pending', 'confirming');--> statement-breakpoint
CREATE UNIQUE INDEX `payments_by_receipt` ON `payments` (`provider`,`receipt`);--> statement-breakpoint
CREATE TABLE `phone_reversals` (
	`claim_id` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`secret_hash` text,
	`conversation_id` text,
	`created_at_ms` integer NOT NULL,
	`asked_at_ms` integer,
	`ended_at_ms` integer,
	`overdue_at_ms` integer,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phone_reversals_secret_hash_unique` ON `phone_reversals` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `phone_reversals_unasked` ON `phone_reversals` (`created_at_ms`) WHERE "phone_reversals"."asked_at_ms" is null;--> statement-breakpoint
CREATE INDEX `phone_reversals_overdue` ON `phone_reversals` (`overdue_at_ms`) WHERE "phone_reversals"."overdue_at_ms" is not null;--> statement-breakpoint
CREATE TABLE `provider_events` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`type` text NOT NULL,
	`object_id` text,
	`payment_id` text,
	`body` text NOT NULL,
	`received_at_ms` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_try_at_ms` integer NOT NULL,
	`handled_at_ms` integer,
	`outcome` text
);
--> statement-breakpoint
CREATE INDEX `provider_events_unhandled` ON `provider_events` (`next_try_at_ms`) WHERE "provider_events"."handled_at_ms" is null;--> statement-breakpoint
CREATE INDEX `provider_events_by_age` ON `provider_events` (`received_at_ms`);--> statement-breakpoint
CREATE TABLE `receipt_pulls` (
	`id` integer PRIMARY KEY NOT NULL,
	`next_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stray_receipts` (
	`receipt` text PRIMARY KEY NOT NULL,
	`amount` integer NOT NULL,
	`reference` text,
	`paid_at_ms` integer NOT NULL,
	`found_at_ms` integer NOT NULL,
	`resolution` text
);
--> statement-breakpoint
CREATE TABLE `stripe_customers` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stripe_customers_customer_id_unique` ON `stripe_customers` (`customer_id`);--> statement-breakpoint
CREATE TABLE `plan_periods` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`plan` text NOT NULL,
	`source` text NOT NULL,
	`starts_at_ms` integer NOT NULL,
	`paid_until_ms` integer NOT NULL,
	`access_until_ms` integer NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `plan_periods_by_tenant` ON `plan_periods` (`tenant_id`,`access_until_ms`);--> statement-breakpoint
CREATE TABLE `plan_purchases` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`plan` text NOT NULL,
	`price` integer NOT NULL,
	`bought_at_ms` integer NOT NULL,
	`breaks` text NOT NULL,
	`revision` integer NOT NULL,
	CONSTRAINT "plan_purchases_price" CHECK("plan_purchases"."price" > 0)
);
--> statement-breakpoint
CREATE INDEX `plan_purchases_by_tenant` ON `plan_purchases` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`plan` text,
	`status` text NOT NULL,
	`item_id` text NOT NULL,
	`current_period_start_ms` integer NOT NULL,
	`current_period_end_ms` integer NOT NULL,
	`is_cancelled_at_period_end` integer NOT NULL,
	`read_at_ms` integer NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `subscriptions_by_tenant` ON `subscriptions` (`tenant_id`,`created_at_ms`);--> statement-breakpoint
ALTER TABLE `audit_log` ADD `details` text;--> statement-breakpoint
CREATE INDEX `audit_log_by_age` ON `audit_log` (`created_at_ms`);--> statement-breakpoint
ALTER TABLE `tenants` DROP COLUMN `plan`;