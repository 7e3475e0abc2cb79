"""What the models learn from labels of one deployment: confidence that holds here, and what words mean here."""

from outlisten.language.local.learning import FEWEST, Fit, LocalReading, fit
from outlisten.language.local.text_space import TextSpace

__all__ = ["FEWEST", "Fit", "LocalReading", "TextSpace", "fit"]
