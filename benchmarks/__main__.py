"""Print every figure that the documents quote: ``python -m benchmarks``."""

from benchmarks import experiments, scales, submissions

for module in (submissions, experiments, scales):
    print(f"== {module.__name__}")
    module.main()
