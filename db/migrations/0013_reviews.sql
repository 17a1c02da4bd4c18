CREATE TABLE "carry_overs" (
	"cycle_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"fate" text NOT NULL,
	"reason" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "carry_overs_cycle_id_activity_id_pk" PRIMARY KEY("cycle_id","activity_id"),
	CONSTRAINT "carry_overs_fate" CHECK ("carry_overs"."fate" in ('continue','change','stop')),
	CONSTRAINT "carry_overs_reason" CHECK ("carry_overs"."fate" = 'continue' or "carry_overs"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "cycle_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"cycle_id" text NOT NULL,
	"member_id" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cycles" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"cycle" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"version_id" text,
	"seal" "bytea",
	"seal_hash" text,
	"sealed_at" timestamp with time zone,
	"sealed_by" text,
	"review_id" text,
	"result_hash" text,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cycles_state" CHECK ("cycles"."state" in ('planned','running','review','closed')),
	CONSTRAINT "cycles_sealed" CHECK (("cycles"."state" = 'planned') = ("cycles"."seal" is null)),
	CONSTRAINT "cycles_seal_whole" CHECK (("cycles"."seal" is null) = ("cycles"."seal_hash" is null)),
	CONSTRAINT "cycles_closed" CHECK (("cycles"."state" = 'closed') = ("cycles"."closed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"member_id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "impact_answers" (
	"impact_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"answer" text,
	"note" text DEFAULT '' NOT NULL,
	"by_member" text,
	"at" timestamp with time zone,
	CONSTRAINT "impact_answers_impact_id_activity_id_pk" PRIMARY KEY("impact_id","activity_id"),
	CONSTRAINT "impact_answers_answer" CHECK ("impact_answers"."answer" in ('right','adapt','stop')),
	CONSTRAINT "impact_answers_by" CHECK (("impact_answers"."answer" is null) = ("impact_answers"."at" is null))
);
--> statement-breakpoint
CREATE TABLE "impacts" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"strategy_id" text NOT NULL,
	"serve" text NOT NULL,
	"was" text NOT NULL,
	"now" text NOT NULL,
	"by_member" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"review_id" text NOT NULL,
	"finding_id" text,
	"title" text NOT NULL,
	"owner_id" text,
	"due" date,
	"effect" jsonb NOT NULL,
	"fate" text NOT NULL,
	"reason" text,
	"fate_by" text,
	"fate_at" timestamp with time zone,
	"by_member" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "decisions_fate" CHECK ("decisions"."fate" in ('proposed','accepted','done','ignored'))
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" text PRIMARY KEY NOT NULL,
	"review_id" text NOT NULL,
	"by_member" text NOT NULL,
	"step" text NOT NULL,
	"text" text NOT NULL,
	"alone" boolean NOT NULL,
	"about" text[] DEFAULT '{}' NOT NULL,
	"causes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"evidence" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"verdict" text,
	"lesson" text DEFAULT '' NOT NULL,
	"agree" text[] DEFAULT '{}' NOT NULL,
	"removed" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "findings_step" CHECK ("findings"."step" in ('plan','check','why','act')),
	CONSTRAINT "findings_verdict" CHECK ("findings"."verdict" in ('keep','adjust','stop'))
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"cycle" text NOT NULL,
	"department_id" text,
	"state" text DEFAULT 'preparing' NOT NULL,
	"held_on" date,
	"limited" boolean DEFAULT false NOT NULL,
	"lead_id" text,
	"participants" text[] DEFAULT '{}' NOT NULL,
	"prepared" text[] DEFAULT '{}' NOT NULL,
	"document_id" text NOT NULL,
	"goals" text DEFAULT '' NOT NULL,
	"lessons" text DEFAULT '' NOT NULL,
	"meeting" jsonb,
	"version_id" text,
	"result" "bytea",
	"result_hash" text,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"mailed_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "reviews_state" CHECK ("reviews"."state" in ('preparing','running','closed')),
	CONSTRAINT "reviews_closed" CHECK (("reviews"."state" = 'closed') = ("reviews"."closed_at" is not null)),
	CONSTRAINT "reviews_sealed" CHECK (("reviews"."state" = 'closed') = ("reviews"."result" is not null)),
	CONSTRAINT "reviews_result_whole" CHECK (("reviews"."result" is null) = ("reviews"."result_hash" is null))
);
--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "sample" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "carry_overs" ADD CONSTRAINT "carry_overs_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carry_overs" ADD CONSTRAINT "carry_overs_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carry_overs" ADD CONSTRAINT "carry_overs_by_members_id_fk" FOREIGN KEY ("by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_notes" ADD CONSTRAINT "cycle_notes_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_notes" ADD CONSTRAINT "cycle_notes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_sealed_by_members_id_fk" FOREIGN KEY ("sealed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_closed_by_members_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_answers" ADD CONSTRAINT "impact_answers_impact_id_impacts_id_fk" FOREIGN KEY ("impact_id") REFERENCES "public"."impacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_answers" ADD CONSTRAINT "impact_answers_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_answers" ADD CONSTRAINT "impact_answers_by_member_members_id_fk" FOREIGN KEY ("by_member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impacts" ADD CONSTRAINT "impacts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impacts" ADD CONSTRAINT "impacts_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impacts" ADD CONSTRAINT "impacts_by_member_members_id_fk" FOREIGN KEY ("by_member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_owner_id_members_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_fate_by_members_id_fk" FOREIGN KEY ("fate_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_by_member_members_id_fk" FOREIGN KEY ("by_member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_by_member_members_id_fk" FOREIGN KEY ("by_member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_lead_id_members_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_closed_by_members_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cycle_notes_cycle" ON "cycle_notes" USING btree ("cycle_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "cycles_quarter" ON "cycles" USING btree ("workspace_id","cycle");--> statement-breakpoint
CREATE UNIQUE INDEX "cycles_running" ON "cycles" USING btree ("workspace_id") WHERE "cycles"."state" in ('running','review');--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_token" ON "calendar_feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "impact_answers_open" ON "impact_answers" USING btree ("activity_id") WHERE "impact_answers"."answer" is null;--> statement-breakpoint
CREATE INDEX "impacts_workspace" ON "impacts" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "decisions_review" ON "decisions" USING btree ("review_id","at");--> statement-breakpoint
CREATE INDEX "decisions_owner" ON "decisions" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "decisions_workspace" ON "decisions" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "findings_review" ON "findings" USING btree ("review_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_of" ON "reviews" USING btree ("workspace_id","cycle",coalesce("department_id", ''));--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_document" ON "reviews" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "reviews_unmailed" ON "reviews" USING btree ("closed_at") WHERE "reviews"."state" = 'closed' and "reviews"."mailed_at" is null;--> statement-breakpoint
CREATE INDEX "changes_workspace" ON "changes" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE FUNCTION "keep_what_was_sealed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_TABLE_NAME = 'cycles' THEN
		IF OLD.state = 'closed' AND NEW IS DISTINCT FROM OLD THEN
			RAISE EXCEPTION 'quarter % is closed and never changes', OLD.id;
		END IF;
		IF OLD.seal IS NOT NULL AND (NEW.seal, NEW.seal_hash) IS DISTINCT FROM (OLD.seal, OLD.seal_hash) THEN
			RAISE EXCEPTION 'the plan of quarter % is sealed', OLD.id;
		END IF;
	ELSIF OLD.state = 'closed' THEN
		-- When its recap was mailed is all a closed review still learns.
		OLD.mailed_at := NEW.mailed_at;
		IF NEW IS DISTINCT FROM OLD THEN
			RAISE EXCEPTION 'review % is closed and never changes', OLD.id;
		END IF;
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "cycles_keep" BEFORE UPDATE ON "cycles" FOR EACH ROW EXECUTE FUNCTION "keep_what_was_sealed"();--> statement-breakpoint
CREATE TRIGGER "reviews_keep" BEFORE UPDATE ON "reviews" FOR EACH ROW EXECUTE FUNCTION "keep_what_was_sealed"();
