"""Print every figure that the documents quote: ``python -m benchmarks``."""

from benchmarks import (
    experiments,
    gradients,
    imports,
    kills,
    margins,
    mistakes,
    naming,
    pages,
    sandbox,
    scales,
    submissions,
)

MODULES = (
    submissions,
    imports,
    sandbox,
    pages,
    kills,
    margins,
    mistakes,
    naming,
    experiments,
    scales,
    gradients,
)

for module in MODULES:
    print(f"== {module.__name__}", flush=True)
    module.main()
