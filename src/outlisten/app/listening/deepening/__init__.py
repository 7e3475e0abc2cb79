"""Reading the posts that matter with the deep model, in the background and slowly enough that nobody waits for it.

The rows of `Deepening` are the truth; waking the thread only makes it look sooner.
"""

from outlisten.app.listening.deepening.asking import ask, ask_for_new, ask_for_shown
from outlisten.app.listening.deepening.worker import start, stop, wake, work_off

__all__ = ["ask", "ask_for_new", "ask_for_shown", "start", "stop", "wake", "work_off"]
