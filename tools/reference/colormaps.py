"""Writes the 256 colours of matplotlib's colour maps, the oracle of ColorsTest.

Versions: matplotlib 3.11.0. Run: python tools/reference/colormaps.py
"""

from pathlib import Path

import numpy as np
from matplotlib import __version__, colormaps

TARGET = Path(__file__).parents[2] / "app/src/test/resources/org/patchlens/figure/canvas/colormaps.csv"


def table(name):
    colors = np.array(colormaps[name](np.arange(256)))[:, :3]
    return ["%02x%02x%02x" % tuple(color) for color in np.rint(colors * 255).astype(int)]


names = ["viridis", "cividis", "inferno", "turbo"]
TARGET.parent.mkdir(parents=True, exist_ok=True)
with TARGET.open("w", newline="\n") as out:
    out.write(f"# matplotlib {__version__}\n" + ",".join(names) + "\n")
    for row in zip(*map(table, names)):
        out.write(",".join(row) + "\n")
