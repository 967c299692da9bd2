"""What notebooks use: a training loop, data that need no download, and pictures.

    from grader.toolkit import Solver, load_fashion, plot_history

Everything here is given to students, and none of it is secret. numpy is enough to import it;
matplotlib is imported when the first picture is drawn.
"""

from grader.toolkit.cifar10 import CIFAR10_CLASSES, load_cifar10
from grader.toolkit.comparisons import compare_histories
from grader.toolkit.curves import show_curves
from grader.toolkit.digits import load_digits
from grader.toolkit.fashion import FASHION_CLASSES, load_fashion
from grader.toolkit.layers import show_gradient_sizes
from grader.toolkit.mystery import mystery_rule
from grader.toolkit.optimizers import sgd
from grader.toolkit.paths import show_paths
from grader.toolkit.pictures import show_images, show_weights, weights_film
from grader.toolkit.plots import plot_history, show_tuning
from grader.toolkit.solver import Solver
from grader.toolkit.tables import show_statistics

__all__ = [
    "CIFAR10_CLASSES",
    "FASHION_CLASSES",
    "Solver",
    "compare_histories",
    "load_cifar10",
    "load_digits",
    "load_fashion",
    "mystery_rule",
    "plot_history",
    "sgd",
    "show_curves",
    "show_gradient_sizes",
    "show_images",
    "show_paths",
    "show_statistics",
    "show_tuning",
    "show_weights",
    "weights_film",
]
