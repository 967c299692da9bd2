"""What the suite's four minutes cannot hold: ``make slow``, and ``make memory``."""
