"""Files of posts, in and out: `plan_import`, `read_batches`, `write_posts`."""

from outlisten.posts.files.batches import Batch, read_batches
from outlisten.posts.files.exports import write_posts
from outlisten.posts.files.plan import ImportPlan
from outlisten.posts.files.planning import plan_import
from outlisten.posts.files.problems import FileProblem, Rejected

__all__ = ["Batch", "FileProblem", "ImportPlan", "Rejected", "plan_import", "read_batches", "write_posts"]
