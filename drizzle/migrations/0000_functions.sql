-- array_to_string is only "stable" in Postgres; over text[] it is immutable, as a generated column needs.
CREATE FUNCTION kinora_words(words text[]) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT array_to_string(words, ' ') $$;
