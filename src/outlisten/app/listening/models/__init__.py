"""What listening keeps beside the posts: the workspace, names, import runs, whose voice posts are, and labels."""

from outlisten.app.listening.models.deepening import Deepening
from outlisten.app.listening.models.imports import ImportRun
from outlisten.app.listening.models.labels import LocalLabel, LocalModel
from outlisten.app.listening.models.lists import SavedList
from outlisten.app.listening.models.long_queries import LongQuery
from outlisten.app.listening.models.names import Brand, Topic
from outlisten.app.listening.models.rereading import Rereading
from outlisten.app.listening.models.voices import Campaign, DeclaredAccount, PostTag, Voice, VoiceCorrection
from outlisten.app.listening.models.workspace import Workspace

__all__ = [
    "Brand",
    "Campaign",
    "DeclaredAccount",
    "Deepening",
    "ImportRun",
    "LocalLabel",
    "LocalModel",
    "LongQuery",
    "PostTag",
    "Rereading",
    "SavedList",
    "Topic",
    "Voice",
    "VoiceCorrection",
    "Workspace",
]
