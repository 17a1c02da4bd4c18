CREATE TABLE "activities" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"board_id" text NOT NULL,
	"column_id" text NOT NULL,
	"place" text NOT NULL,
	"title" text NOT NULL,
	"document_id" text NOT NULL,
	"owner_id" text,
	"helpers" text[] DEFAULT '{}' NOT NULL,
	"watchers" text[] DEFAULT '{}' NOT NULL,
	"cycle" text,
	"start_on" date,
	"due_on" date,
	"priority" text,
	"effort" real,
	"labels" text[] DEFAULT '{}' NOT NULL,
	"serves" text[] DEFAULT '{}' NOT NULL,
	"served_items" text[] DEFAULT '{}' NOT NULL,
	"measures" text[] DEFAULT '{}' NOT NULL,
	"checklist" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"halt" text,
	"status" text DEFAULT 'active' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "activities_status" CHECK ("activities"."status" in ('active','archived','trashed')),
	CONSTRAINT "activities_priority" CHECK ("activities"."priority" in ('urgent','high','medium','low')),
	CONSTRAINT "activities_halt" CHECK ("activities"."halt" in ('blocked','stopped')),
	CONSTRAINT "activities_effort" CHECK ("activities"."effort" >= 0),
	CONSTRAINT "activities_days" CHECK ("activities"."due_on" >= "activities"."start_on")
);
--> statement-breakpoint
CREATE TABLE "activity_comments" (
	"id" text PRIMARY KEY NOT NULL,
	"activity_id" text NOT NULL,
	"member_id" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"edited_at" timestamp with time zone,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" text NOT NULL,
	"workspace_id" text NOT NULL,
	"board_id" text,
	"activity_id" text,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"revision" integer NOT NULL,
	"verb" text NOT NULL,
	"diff" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "changes_subject_id_revision_pk" PRIMARY KEY("subject_id","revision")
);
--> statement-breakpoint
CREATE TABLE "hand_offs" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"from_activity_id" text NOT NULL,
	"to_board_id" text NOT NULL,
	"to_activity_id" text,
	"title" text NOT NULL,
	"due" date,
	"state" text DEFAULT 'offered' NOT NULL,
	"reason" text,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "hand_offs_state" CHECK ("hand_offs"."state" in ('offered','accepted','delivered','declined','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "relations" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"why" text NOT NULL,
	"resolved" boolean DEFAULT false NOT NULL,
	"removed" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "relations_kind" CHECK ("relations"."kind" in ('blocks','pulls_apart')),
	CONSTRAINT "relations_ends_differ" CHECK ("relations"."from_id" <> "relations"."to_id")
);
--> statement-breakpoint
CREATE TABLE "board_columns" (
	"id" text PRIMARY KEY NOT NULL,
	"board_id" text NOT NULL,
	"kind" text,
	"name" text,
	"phase" text NOT NULL,
	"place" text NOT NULL,
	"wip_limit" integer,
	"removed" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "board_columns_phase" CHECK ("board_columns"."phase" in ('plan','do','check','act')),
	CONSTRAINT "board_columns_named" CHECK ("board_columns"."kind" is not null or "board_columns"."name" is not null)
);
--> statement-breakpoint
CREATE TABLE "board_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"board_id" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"due" date,
	"from_member" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	"activity_id" text,
	"reason" text,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "board_requests_state" CHECK ("board_requests"."state" in ('open','accepted','declined','withdrawn')),
	CONSTRAINT "board_requests_accepted" CHECK (("board_requests"."state" = 'accepted') = ("board_requests"."activity_id" is not null)),
	CONSTRAINT "board_requests_declined" CHECK (("board_requests"."state" = 'declined') = ("board_requests"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "boards" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"department_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"tone" text NOT NULL,
	"removed" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recurring" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"board_id" text NOT NULL,
	"column_id" text NOT NULL,
	"title" text NOT NULL,
	"owner_id" text,
	"effort" real,
	"labels" text[] DEFAULT '{}' NOT NULL,
	"serves" text[] DEFAULT '{}' NOT NULL,
	"checklist" text[] DEFAULT '{}' NOT NULL,
	"rhythm" text NOT NULL,
	"starts_on" date NOT NULL,
	"raised" integer DEFAULT 0 NOT NULL,
	"next_on" date,
	"days" integer DEFAULT 0 NOT NULL,
	"stopped" boolean DEFAULT false NOT NULL,
	"created_by" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "recurring_rhythm" CHECK ("recurring"."rhythm" in ('weekly','monthly','quarterly'))
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"department_id" text,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"direction" text NOT NULL,
	"baseline" double precision,
	"baseline_on" date,
	"targets" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"owner_id" text,
	"cadence" text NOT NULL,
	"serves" text[] DEFAULT '{}' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "measures_direction" CHECK ("measures"."direction" in ('up','down')),
	CONSTRAINT "measures_cadence" CHECK ("measures"."cadence" in ('weekly','monthly','quarterly')),
	CONSTRAINT "measures_status" CHECK ("measures"."status" in ('active','archived'))
);
--> statement-breakpoint
CREATE TABLE "readings" (
	"id" text PRIMARY KEY NOT NULL,
	"measure_id" text NOT NULL,
	"on_day" date NOT NULL,
	"value" double precision NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"by_member" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_column_id_board_columns_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."board_columns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_owner_id_members_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_comments" ADD CONSTRAINT "activity_comments_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_comments" ADD CONSTRAINT "activity_comments_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_by_members_id_fk" FOREIGN KEY ("by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_from_activity_id_activities_id_fk" FOREIGN KEY ("from_activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_to_board_id_boards_id_fk" FOREIGN KEY ("to_board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_to_activity_id_activities_id_fk" FOREIGN KEY ("to_activity_id") REFERENCES "public"."activities"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relations" ADD CONSTRAINT "relations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relations" ADD CONSTRAINT "relations_from_id_activities_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relations" ADD CONSTRAINT "relations_to_id_activities_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_columns" ADD CONSTRAINT "board_columns_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_requests" ADD CONSTRAINT "board_requests_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_requests" ADD CONSTRAINT "board_requests_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_requests" ADD CONSTRAINT "board_requests_from_member_members_id_fk" FOREIGN KEY ("from_member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_requests" ADD CONSTRAINT "board_requests_answered_by_members_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boards" ADD CONSTRAINT "boards_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boards" ADD CONSTRAINT "boards_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurring" ADD CONSTRAINT "recurring_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurring" ADD CONSTRAINT "recurring_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurring" ADD CONSTRAINT "recurring_column_id_board_columns_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."board_columns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurring" ADD CONSTRAINT "recurring_owner_id_members_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurring" ADD CONSTRAINT "recurring_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_owner_id_members_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_by_member_members_id_fk" FOREIGN KEY ("by_member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activities_board" ON "activities" USING btree ("board_id","status");--> statement-breakpoint
CREATE INDEX "activities_column" ON "activities" USING btree ("column_id");--> statement-breakpoint
CREATE INDEX "activities_owner" ON "activities" USING btree ("owner_id") WHERE "activities"."status" = 'active';--> statement-breakpoint
CREATE INDEX "activities_workspace" ON "activities" USING btree ("workspace_id","status");--> statement-breakpoint
CREATE INDEX "activities_served" ON "activities" USING gin ("served_items");--> statement-breakpoint
CREATE UNIQUE INDEX "activities_document" ON "activities" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "activity_comments_activity" ON "activity_comments" USING btree ("activity_id","created_at");--> statement-breakpoint
CREATE INDEX "changes_id" ON "changes" USING btree ("id");--> statement-breakpoint
CREATE INDEX "changes_activity" ON "changes" USING btree ("activity_id","at");--> statement-breakpoint
CREATE INDEX "changes_board" ON "changes" USING btree ("board_id","at");--> statement-breakpoint
CREATE INDEX "hand_offs_from" ON "hand_offs" USING btree ("from_activity_id");--> statement-breakpoint
CREATE INDEX "hand_offs_to" ON "hand_offs" USING btree ("to_activity_id");--> statement-breakpoint
CREATE INDEX "hand_offs_board" ON "hand_offs" USING btree ("to_board_id","state");--> statement-breakpoint
CREATE INDEX "hand_offs_workspace" ON "hand_offs" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "relations_ends" ON "relations" USING btree ("kind","from_id","to_id");--> statement-breakpoint
CREATE INDEX "relations_to" ON "relations" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "relations_workspace" ON "relations" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "board_columns_board" ON "board_columns" USING btree ("board_id");--> statement-breakpoint
CREATE INDEX "board_requests_board" ON "board_requests" USING btree ("board_id","state");--> statement-breakpoint
CREATE INDEX "board_requests_from" ON "board_requests" USING btree ("from_member");--> statement-breakpoint
CREATE UNIQUE INDEX "boards_department" ON "boards" USING btree ("department_id");--> statement-breakpoint
CREATE INDEX "boards_workspace" ON "boards" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "labels_name" ON "labels" USING btree ("workspace_id",lower("name")) WHERE not "labels"."removed";--> statement-breakpoint
CREATE INDEX "labels_workspace" ON "labels" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "recurring_board" ON "recurring" USING btree ("board_id");--> statement-breakpoint
CREATE INDEX "recurring_next" ON "recurring" USING btree ("next_on") WHERE "recurring"."next_on" is not null;--> statement-breakpoint
CREATE INDEX "measures_workspace" ON "measures" USING btree ("workspace_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "readings_day" ON "readings" USING btree ("measure_id","on_day");--> statement-breakpoint
INSERT INTO "boards" ("id", "workspace_id", "department_id") SELECT 'brd_' || left(md5(d."id"), 26), d."workspace_id", d."id" FROM "departments" d;
--> statement-breakpoint
INSERT INTO "board_columns" ("id", "board_id", "kind", "phase", "place") SELECT 'col_' || left(md5(b."id" || c.kind), 26), b."id", c.kind, c.phase, c.place FROM "boards" b CROSS JOIN (VALUES ('backlog','plan','a0'), ('planned','plan','a1'), ('doing','do','a2'), ('checking','check','a3'), ('done','act','a4')) AS c(kind, phase, place);
