"""Lets the scripts of this folder use those of the folders beside it."""

import sys
from pathlib import Path

TRAINING = Path(__file__).parents[1]
sys.path += [str(TRAINING), str(TRAINING / "written"), str(TRAINING / "encoder")]
