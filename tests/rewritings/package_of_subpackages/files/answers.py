"""What is handed in; everything else is below."""
import parts
from core.model import FullyConnectedNet
from core.rules import *
from parts.dense import *
from parts.drop import dropout_backward, dropout_forward
from parts.norms import batchnorm_backward, batchnorm_forward, layernorm_backward, layernorm_forward
from parts.loss import softmax_loss

assert parts.TABLE
