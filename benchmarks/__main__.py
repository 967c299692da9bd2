"""Print every figure that the documents quote: ``python -m benchmarks``."""

from benchmarks import (
    experiments,
    gradients,
    kills,
    margins,
    mistakes,
    naming,
    pages,
    sandbox,
    scales,
    submissions,
)

for module in (submissions, sandbox, pages, kills, margins, mistakes, naming, experiments, scales, gradients):
    print(f"== {module.__name__}", flush=True)
    module.main()
