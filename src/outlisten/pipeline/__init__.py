"""The one way in: normalise → deduplicate → read → declare → keep → match → act. Nothing else writes posts."""

from outlisten.pipeline.ingest import Hooks, Matches, Pipeline
from outlisten.pipeline.journal import FolderJournal, Journal, NoJournal
from outlisten.pipeline.readers import Readers

__all__ = ["FolderJournal", "Hooks", "Journal", "Matches", "NoJournal", "Pipeline", "Readers"]
