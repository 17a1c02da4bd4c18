-- A card is changed many times and rarely in what an index knows (its quarter, its day, its title). With room for the new
-- row on the same page PostgreSQL touches none of the seven indexes; drizzle has no word for it.
ALTER TABLE "activities" SET (fillfactor = 50);
