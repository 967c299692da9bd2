"""Print every figure that the documents quote: ``python -m benchmarks``."""

from benchmarks import experiments, margins, scales, submissions

for module in (submissions, margins, experiments, scales):
    print(f"== {module.__name__}")
    module.main()
