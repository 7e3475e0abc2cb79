"""A feed that Outlisten serves and feed readers fetch: a document in Atom."""
