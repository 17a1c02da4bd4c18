CREATE TABLE "unasked_words" (
	"strategy_id" text NOT NULL,
	"serve" text NOT NULL,
	"was" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "unasked_words_strategy_id_serve_pk" PRIMARY KEY("strategy_id","serve")
);
--> statement-breakpoint
ALTER TABLE "unasked_words" ADD CONSTRAINT "unasked_words_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;