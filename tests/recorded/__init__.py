"""What every golden submission and known mistake is told: recorded, so that a rebuilt house tells the same.

``goldens.json`` and ``mistakes.json`` hold status, points, and of each outcome that is not passed its check,
part, case, status, kind of finding, place and mistake. ``python -m tests.recorded`` writes them anew: look at
the difference before you keep it, and list what changed in a decision.
"""
