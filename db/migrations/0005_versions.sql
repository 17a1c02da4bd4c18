CREATE TABLE "versions" (
	"id" text PRIMARY KEY NOT NULL,
	"strategy_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"seq" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"checksum" text NOT NULL,
	"content_hash" text NOT NULL,
	"authors" text[] DEFAULT '{}' NOT NULL,
	"words" integer DEFAULT 0 NOT NULL,
	"restored" integer,
	"created_by" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "versions_kind" CHECK ("versions"."kind" in ('session','named','before_restore','restored','before_import','proposal','sealed'))
);
--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "versions_number" ON "versions" USING btree ("strategy_id","number");--> statement-breakpoint
CREATE INDEX "versions_named" ON "versions" USING btree ("strategy_id","number") WHERE "versions"."name" is not null;