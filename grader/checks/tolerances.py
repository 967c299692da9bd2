"""The one table of tolerances: scaled errors max|Δ| / max|expected|, by what is compared.

``steps`` is the error element by element: with epsilon comparable to √v, accepted forms of a rule differ by
8e-3, and right code by 1e-15.

``benchmarks/margins.py`` prints how far below them right code stays; the smallest known mistake is far above.
A loss has room for −log(p + 1e-8), which is right enough; float32 never counts as float64.
"""

TOLERANCES = {
    "values": 1e-7,
    "loss": 1e-5,
    "numerical": 1e-7,
    "steps": 1e-9,
}
