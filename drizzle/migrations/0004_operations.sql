CREATE UNIQUE INDEX "generation_operation" ON "generation" USING btree ("provider",("operation" ->> 'id'));
