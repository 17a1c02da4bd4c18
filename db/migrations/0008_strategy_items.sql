CREATE TABLE "item_codes" (
	"strategy_id" text NOT NULL,
	"code" text NOT NULL,
	"item_id" text NOT NULL,
	CONSTRAINT "item_codes_strategy_id_code_pk" PRIMARY KEY("strategy_id","code")
);
--> statement-breakpoint
CREATE TABLE "projections" (
	"document_id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "strategy_items" (
	"strategy_id" text NOT NULL,
	"item_id" text NOT NULL,
	"kind" text NOT NULL,
	"code" text,
	"chapter" text NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"fields" jsonb NOT NULL,
	"details" jsonb NOT NULL,
	"refs" text[] DEFAULT '{}' NOT NULL,
	"hash" text NOT NULL,
	"seq" bigint NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "strategy_items_strategy_id_item_id_pk" PRIMARY KEY("strategy_id","item_id")
);
--> statement-breakpoint
ALTER TABLE "item_codes" ADD CONSTRAINT "item_codes_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projections" ADD CONSTRAINT "projections_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "strategy_items" ADD CONSTRAINT "strategy_items_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "strategy_items_kind" ON "strategy_items" USING btree ("strategy_id","kind","position") WHERE "strategy_items"."removed_at" is null;