"""What the back offices of Chinese networks give their users as a file: their own contents, and the comments on them.

None of the networks describes these files in public. The columns of Douyin's and Xiaohongshu's contents are those that public
loaders of such files read; the others follow the names that such columns have. So a file is known by its column names, however
they are ordered, and no column but a few is needed. Times are as the file has them: Beijing time, unless told otherwise.
"""

from __future__ import annotations

from outlisten.posts.files.presets.back_offices import comments, contents

PRESETS = (*contents.PRESETS, *comments.PRESETS)
__all__ = ["PRESETS"]
