"""Print every figure that the documents quote: ``python -m benchmarks``."""

from benchmarks import experiments, gradients, scales, submissions

for module in (submissions, gradients, experiments, scales):
    print(f"== {module.__name__}")
    module.main()
