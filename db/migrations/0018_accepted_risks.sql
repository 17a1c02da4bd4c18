CREATE TABLE "accepted_risks" (
	"strategy_id" text NOT NULL,
	"item_id" text NOT NULL,
	"until_on" date NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"by_member" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "accepted_risks_strategy_id_item_id_pk" PRIMARY KEY("strategy_id","item_id")
);
--> statement-breakpoint
ALTER TABLE "accepted_risks" ADD CONSTRAINT "accepted_risks_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accepted_risks" ADD CONSTRAINT "accepted_risks_by_member_members_id_fk" FOREIGN KEY ("by_member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;