-- The first commit of the repository whose runs the store keeps, once that is known.
ALTER TABLE prode.store
  ADD COLUMN repository text COLLATE "C" CHECK (repository ~ '^[0-9a-f]{40}$');
