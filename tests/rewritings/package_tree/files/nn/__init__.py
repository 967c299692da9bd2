"""Everything that is asked for, from one place."""
from .layers import *
from .losses import softmax_loss, svm_loss
from .net import TwoLayerNet
from .optim import sgd
from .util import numerical_gradient
