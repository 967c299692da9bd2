from .measure import numerical_gradient as numerical_gradient
from . import shapes
