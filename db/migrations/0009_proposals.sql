CREATE TABLE "proposal_decisions" (
	"proposal_id" text NOT NULL,
	"change_id" text NOT NULL,
	"accepted" boolean NOT NULL,
	"removed" text NOT NULL,
	"added" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal_threads" (
	"proposal_id" text NOT NULL,
	"change_id" text NOT NULL,
	"thread_id" text NOT NULL,
	CONSTRAINT "proposal_threads_proposal_id_change_id_pk" PRIMARY KEY("proposal_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"strategy_id" text NOT NULL,
	"document_id" text NOT NULL,
	"author" text NOT NULL,
	"why" text,
	"state" text DEFAULT 'open' NOT NULL,
	"closed_by" text,
	"closed_at" timestamp with time zone,
	"base" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposals_state" CHECK ("proposals"."state" in ('open','accepted','rejected','withdrawn')),
	CONSTRAINT "proposals_closed" CHECK (("proposals"."state" = 'open') = ("proposals"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "sign_offs" (
	"strategy_id" text NOT NULL,
	"member_id" text NOT NULL,
	"version_id" text NOT NULL,
	"wording" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "sign_offs_strategy_id_member_id_pk" PRIMARY KEY("strategy_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "proposal_decisions" ADD CONSTRAINT "proposal_decisions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_decisions" ADD CONSTRAINT "proposal_decisions_by_members_id_fk" FOREIGN KEY ("by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_threads" ADD CONSTRAINT "proposal_threads_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_threads" ADD CONSTRAINT "proposal_threads_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_author_members_id_fk" FOREIGN KEY ("author") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_closed_by_members_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposal_decisions_proposal" ON "proposal_decisions" USING btree ("proposal_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_document" ON "proposals" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_open" ON "proposals" USING btree ("strategy_id","author") WHERE "proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "proposals_strategy" ON "proposals" USING btree ("strategy_id","created_at");--> statement-breakpoint
CREATE INDEX "sign_offs_version" ON "sign_offs" USING btree ("version_id");