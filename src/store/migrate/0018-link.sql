-- name: migrate_0018
-- What each link of an article is to its story (lib/article/article.h); articles read before say 'other' until they are read again.
ALTER TABLE link ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'
	CHECK (kind IN ('other', 'cited', 'source', 'related', 'document', 'media', 'archive', 'social', 'mail'));
