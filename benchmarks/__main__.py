"""Print every figure that the documents quote: ``python -m benchmarks``."""

from benchmarks import experiments, gradients, margins, scales, submissions

for module in (submissions, margins, experiments, scales, gradients):
    print(f"== {module.__name__}", flush=True)
    module.main()
