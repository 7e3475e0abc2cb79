"""Everyday English words that are not everyday words of another language in Latin letters.

The identification model has never seen "love it" or "not good" as such and guesses another language or none;
a short post made mostly of these words is English. Words shared with other languages ("no", "super", "me")
are left out.
"""

from __future__ import annotations

_WORDS = """
about absolutely actually after again all always am amazing and another any anyone anything app are aren't
around ask at awesome awful back bad battery because been before being best better between big bill both
bought broke broken but buy buying by call came can can't cancel cannot charge charged cheap check cheers
clean come could couldn't cool crap customer damn day days deal delivery did didn't different disappointed
disappointing do does doesn't doing don't done down dumb easy enough even ever every everyone everything
excellent expensive extremely fails fantastic far fast feel feels few finally find fine fix fixed food for
found free fresh friend from fun get gets getting give glad go goes going gone good got great guys had
happened happy hard has hasn't hate hated have haven't he hear hello help helpful her here him his hope
horrible how i'd i'll i'm i've if impressed is isn't it it's its just keep kind know lame last late laugh
least left less let let's life like liked likes little long look looking looks lost lot love loved lovely
loves made make makes many maybe mine miss money months more most much must my need needed needs never new
nice not nothing now of off old okay on once one only order ordered other our out over overpriced paid
people perfect phone please pleased poor pretty problem product quality quick quite rather ready really
recommend refund right rubbish rude sad said same say says screen seems seriously service she should
shouldn't since slow so some someone something soon sorry staff still stop stopped stuck stupid such sucked
sucks support sure sweet take takes terrible than thank thanks that that's the their them then there these
they they're thing things think this those thought thrilled through till time tired to today together told
tomorrow tonight too totally tried trust try trying two ugly under unhappy until up update upset us use used
useless using very wait waiting want wanted was wasn't waste watch way we we're we've weak week weird well
went were what what's when where which while who why will wish with without won't wonderful work worked
working works worse worst worth would wouldn't wow wrong yay year years yes yesterday yet you you're your
"""

ENGLISH_WORDS = frozenset(_WORDS.split())
