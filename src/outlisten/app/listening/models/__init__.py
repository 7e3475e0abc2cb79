"""What listening keeps beside the posts: the workspace, brands, topics and import runs."""

from outlisten.app.listening.models.imports import ImportRun
from outlisten.app.listening.models.names import Brand, Topic
from outlisten.app.listening.models.workspace import Workspace

__all__ = ["Brand", "ImportRun", "Topic", "Workspace"]
